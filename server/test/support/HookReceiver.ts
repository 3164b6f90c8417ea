import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedEvent {
  readonly id: string;
  readonly body: string;
  readonly event: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
  readonly signature: string;
  readonly timestamp: string;
}

/** Receives webhooks as a program of somebody else does, written from the specification alone. */
export class HookReceiver {
  readonly received: ReceivedEvent[] = [];
  /** Status to answer with; 0: none at all. */
  status = 204;
  headers: Record<string, string> = {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const header = (name: string) => String(request.headers[name]);
      const [id, signature, timestamp] = ['id', 'signature', 'timestamp'].map((name) => header(`webhook-${name}`));
      this.received.push({ id, signature, timestamp, body, event: JSON.parse(body) } as ReceivedEvent);
      if (this.status !== 0) response.writeHead(this.status, this.headers).end();
    });
  }

  static async open(): Promise<HookReceiver> {
    const receiver = new HookReceiver();
    await new Promise<void>((done) => receiver.#server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  of(type: string): ReceivedEvent[] {
    return this.received.filter(({ event }) => event.type === type);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

/** Whether one of the signatures is by this secret. */
export function isSignedBy(secret: string, { id, timestamp, signature, body }: ReceivedEvent): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signature.split(' ').some((one) => {
    const [version, text = ''] = one.split(',');
    const given = Buffer.from(text, 'base64');
    return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
