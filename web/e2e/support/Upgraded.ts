import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before a server, under an address of its own, and can serve some of its files as a later version would: a
 * browser asks for a worker in ways that a test cannot answer otherwise.
 */
export class Upgraded {
  readonly url: string;
  /** What the server behind did not answer, and why. */
  readonly failed: string[] = [];
  readonly #server: Server;
  readonly #behind: string;
  readonly #changes = new Map<string, (text: string) => string>();

  static async create(behind: string): Promise<Upgraded> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Upgraded(server, behind);
  }

  private constructor(server: Server, behind: string) {
    this.#server = server;
    this.#behind = behind;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: Error) => {
        this.failed.push(`${request.url}: ${error.cause ?? error}`);
        response.destroy();
      });
    });
  }

  /** From now on. @param path of a file */
  serve(path: string, change: (text: string) => string): void {
    this.#changes.set(path, change);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer({ url = '/', headers: { accept = '*/*' } }: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await fetch(this.#behind + url, { headers: { accept } });
    for (const name of ['content-type', 'content-security-policy', 'cross-origin-embedder-policy', 'cache-control'])
      response.setHeader(name, (answer.headers.get(name) ?? '').replaceAll(this.#behind, this.url));
    response.writeHead(answer.status);
    const change = this.#changes.get(url);
    response.end(change ? change(await answer.text()) : Buffer.from(await answer.arrayBuffer()));
  }
}
