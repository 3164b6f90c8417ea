import { createSocket, type Socket } from 'node:dgram';
import { happens } from './happens.ts';

/** A way round the world: what comes to `address` goes on to `target` after `delayMs`, and back the same way. Keeps the order. */
export class UdpRelay {
  readonly #front: Socket;
  readonly #backs = new Map<string, Socket>();
  /** Of what comes from now on. */
  delayMs: number;

  static async open(address: string, target: { address: string; port: number }, delayMs: number): Promise<UdpRelay> {
    const front = createSocket({ type: 'udp4', recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
    front.bind(target.port, address);
    await happens(front, 'listening');
    return new UdpRelay(front, target, delayMs);
  }

  private constructor(front: Socket, target: { address: string; port: number }, delayMs: number) {
    this.#front = front;
    this.delayMs = delayMs;
    front.on('error', () => {});
    front.on('message', (message, from) => {
      const key = `${from.address}:${from.port}`;
      let back = this.#backs.get(key);
      if (back === undefined) {
        back = createSocket('udp4');
        this.#backs.set(key, back);
        back.on('error', () => {});
        back.on('message', (answer) =>
          setTimeout(() => this.#send(this.#front, answer, from.port, from.address), this.delayMs),
        );
      }
      const socket = back;
      setTimeout(() => this.#send(socket, message, target.port, target.address), this.delayMs);
    });
  }

  close(): void {
    for (const socket of [this.#front, ...this.#backs.values()]) socket.close();
    this.#backs.clear();
    this.#closed = true;
  }

  #closed = false;
  #send(socket: Socket, message: Buffer, port: number, address: string): void {
    if (!this.#closed) socket.send(message, port, address);
  }
}
