import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP relay before a server, which can be cut like a cable. Before signalling media goes past it, so only the socket is lost.
 * While it is down it takes connections and keeps them waiting (a lost route, not a refusal), until it is up again.
 */
export class CutProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiting: (() => void)[] = [];
  #up = true;

  static async open(url: string): Promise<CutProxy> {
    const { hostname, port } = new URL(url);
    return CutProxy.to(() => connect(Number(port), hostname));
  }

  /** @param host the address of this machine at which it listens */
  static async to(dial: () => Socket, host = '127.0.0.1'): Promise<CutProxy> {
    const proxy = new CutProxy(dial);
    await new Promise<void>((done) => proxy.#server.listen(0, host, done));
    return proxy;
  }

  private constructor(dial: () => Socket) {
    this.#server = createServer((near) => {
      const link = () => {
        const far = dial();
        for (const [from, to] of [
          [near, far],
          [far, near],
        ] as const) {
          this.#sockets.add(from);
          from.on('error', () => {});
          from.on('close', () => {
            this.#sockets.delete(from);
            to.destroy();
          });
          from.pipe(to);
        }
      };
      near.on('error', () => {});
      if (this.#up) link();
      else this.#waiting.push(() => (near.destroyed ? undefined : link()));
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks every connection; new ones wait for `mend`. */
  cut(): void {
    this.#up = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#up = true;
    for (const link of this.#waiting.splice(0)) link();
  }

  /** Connections that are there carry nothing more, and nobody is told; new ones do. */
  stall(): void {
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** Breaks every connection and lets clients come back at once. */
  blink(): void {
    this.cut();
    this.mend();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
  }
}
