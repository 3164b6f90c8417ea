import { connect, type Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { happens } from './happens.ts';

export interface RelayTarget {
  readonly address: string;
  readonly port: number;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** A proxy far away that speaks TLS: what comes to `address` goes on to `target`, on the same port, after `delayMs`, and back the same way. */
export class TlsRelay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async open(address: string, target: RelayTarget, delayMs: number): Promise<TlsRelay> {
    const relay = new TlsRelay(target, delayMs);
    relay.#server.listen(target.port, address);
    await happens(relay.#server, 'listening');
    return relay;
  }

  private constructor({ address, port, cert, key }: RelayTarget, delayMs: number) {
    this.#server = createServer({ cert, key }, (near) => {
      const far = connect({ port, host: address, noDelay: true });
      near.setNoDelay(true);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), delayMs));
        from.on('end', () => setTimeout(() => to.end(), delayMs));
        from.on('error', () => to.destroy());
        from.on('close', () => this.#sockets.delete(from));
      }
    });
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
