import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, type Socket as TcpSocket } from 'node:net';
import { happens } from './happens.ts';

/**
 * Carries a client's datagrams over TCP, framed as ICE-TCP frames them (RFC 4571): one connection for each source. The native
 * test peer's own ICE-TCP now and then mixes two packets of different threads into one frame.
 */
export class FramedUdp {
  readonly port: number;
  readonly #front: UdpSocket;
  readonly #backs = new Map<number, TcpSocket>();
  readonly #target: number;

  /** `target`: TCP port on loopback. */
  static async open(target: number): Promise<FramedUdp> {
    const front = createSocket('udp4');
    front.bind(0, '127.0.0.1');
    await happens(front, 'listening');
    return new FramedUdp(front, target);
  }

  private constructor(front: UdpSocket, target: number) {
    this.#front = front;
    this.#target = target;
    this.port = front.address().port;
    front.on('message', (message, { port }) => {
      const header = Buffer.alloc(2);
      header.writeUInt16BE(message.length);
      this.#back(port).write(Buffer.concat([header, message]));
    });
  }

  close(): void {
    for (const back of this.#backs.values()) back.destroy();
    this.#front.close();
  }

  #back(client: number): TcpSocket {
    const known = this.#backs.get(client);
    if (known !== undefined) return known;
    const back = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    this.#backs.set(client, back);
    let waiting = Buffer.alloc(0);
    back.on('error', () => {});
    back.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (;;) {
        const length = waiting.length < 2 ? Number.POSITIVE_INFINITY : 2 + waiting.readUInt16BE();
        if (waiting.length < length) return;
        this.#front.send(waiting.subarray(2, length), client, '127.0.0.1');
        waiting = waiting.subarray(length);
      }
    });
    return back;
  }
}
