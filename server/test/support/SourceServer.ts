import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type TestCertificate, testCertificate } from './testCertificate.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A platform that does not send its figures, and is asked for them, over TLS. */
export class SourceServer {
  /** What was asked, in its order. */
  readonly asked: IncomingMessage[] = [];
  /** At which of its addresses a connection was made, in their order. */
  readonly reached: string[] = [];
  /** How it answers what comes from now on. */
  answer: Answer = (_, response) => void response.writeHead(503).end();
  readonly certificate: TestCertificate;
  readonly #server: Server;

  private constructor(server: Server, certificate: TestCertificate) {
    this.#server = server;
    this.certificate = certificate;
  }

  static async open({ names = ['127.0.0.1', 'localhost'], host = '127.0.0.1' } = {}): Promise<SourceServer> {
    const certificate = await testCertificate(names);
    const [cert, key] = await Promise.all([readFile(certificate.cert), readFile(certificate.key)]);
    const server = createServer({ cert, key });
    const source = new SourceServer(server, certificate);
    server.on('request', (request, response) => {
      source.asked.push(request);
      source.answer(request, response);
    });
    server.on('connection', (socket) => source.reached.push((socket as Socket).localAddress ?? ''));
    // Whoever does not trust it hangs up.
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((done, failed) => server.once('error', failed).listen(0, host, done));
    return source;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}/figures.csv`;
  }

  /** From now on it answers this text. */
  says(text: string, headers: Record<string, string> = {}): void {
    this.answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/csv', ...headers }).end(text);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    await this.certificate.close();
  }
}
