import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebhookEvent, WebhookReceiver } from 'livekit-server-sdk';

/** Receives webhooks as an application does, and keeps those that the server SDK's receiver verified. */
export class WebhookSink {
  readonly events: WebhookEvent[] = [];
  /** What the receiver refused, and why. */
  readonly refused: string[] = [];
  readonly headers: Record<string, unknown>[] = [];
  /** Status to answer with; a server repeats what was not answered with 200. */
  status = 200;
  readonly #server: Server;

  static async open(key: string, secret: string, port = 0): Promise<WebhookSink> {
    const sink = new WebhookSink(new WebhookReceiver(key, secret));
    await new Promise<void>((done, failed) => sink.#server.once('error', failed).listen(port, '127.0.0.1', done));
    return sink;
  }

  private constructor(receiver: WebhookReceiver) {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      this.headers.push(request.headers);
      let { status } = this;
      try {
        const event = await receiver.receive(Buffer.concat(chunks).toString(), request.headers.authorization);
        if (status === 200) this.events.push(event);
      } catch (error) {
        this.refused.push(String(error));
        status = 401;
      }
      response.writeHead(status).end();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Names of the events of one room so far, in the order of their coming. */
  of(room: string): string[] {
    return this.events.filter((e) => e.room?.name === room).map((e) => e.event);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
