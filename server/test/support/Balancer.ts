import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A node that has not said by then that it is ready is passed over, ms. */
const READY_WITHIN_MS = 1_000;

/** What an operator has in front of nodes: each new connection goes to the first of them that says it is ready. */
export class Balancer {
  readonly url: string;
  readonly #server: Server;
  readonly #nodes: Iterable<{ readonly url: string }>;
  readonly #sockets = new Set<Socket>();
  /** Connections to each node since it was made, by its address. */
  readonly sent = new Map<string, number>();

  private constructor(server: Server, nodes: Iterable<{ readonly url: string }>) {
    this.#server = server;
    this.#nodes = nodes;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => void this.#pass(socket));
  }

  /** @param nodes may get its members later, in the order in which they are preferred */
  static async create(nodes: Iterable<{ readonly url: string }>): Promise<Balancer> {
    const server = createServer({ pauseOnConnect: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Balancer(server, nodes);
  }

  async #pass(socket: Socket): Promise<void> {
    this.#keep(socket);
    for (const { url } of this.#nodes) {
      const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(READY_WITHIN_MS) }).catch(
        () => undefined,
      );
      if (!ready?.ok) continue;
      this.sent.set(url, (this.sent.get(url) ?? 0) + 1);
      const { hostname, port } = new URL(url);
      const there = this.#keep(connect(Number(port), hostname));
      socket.pipe(there).pipe(socket);
      for (const [one, other] of [
        [socket, there],
        [there, socket],
      ] as const)
        one.on('close', () => other.destroy());
      socket.resume();
      return;
    }
    socket.destroy();
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    return socket;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
