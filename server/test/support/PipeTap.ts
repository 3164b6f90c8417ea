import { createSocket, type Socket } from 'node:dgram';
import type { PipeEnd } from '../../src/media/cascade/PipeLink.ts';
import { happens } from './happens.ts';

const IP = '127.0.0.1';

/** Somebody in the network between two nodes: each end takes it for the other one. It sees what passes, and may swallow it. */
export class PipeTap {
  /** What came from the node that sends. */
  readonly seen: Buffer[] = [];
  swallow = false;
  /** Only what goes to the node that sends: reports, and requests for a picture. */
  swallowReports = false;
  readonly #sides: readonly [Socket, Socket];
  readonly #ends: [PipeEnd | undefined, PipeEnd | undefined] = [undefined, undefined];

  static async open(): Promise<PipeTap> {
    const sides: [Socket, Socket] = [createSocket('udp4'), createSocket('udp4')];
    for (const side of sides) {
      side.bind(0, IP);
      await happens(side, 'listening');
    }
    return new PipeTap(sides);
  }

  private constructor(sides: readonly [Socket, Socket]) {
    this.#sides = sides;
    for (const [i, side] of sides.entries())
      side.on('message', (bytes) => {
        if (i === 0) this.seen.push(Buffer.from(bytes));
        const to = this.#ends[i];
        if (to && !this.swallow && !(i === 1 && this.swallowReports)) this.#sides[1 - i]?.send(bytes, to.port, to.ip);
      });
  }

  /** @returns what the node that sends is told of the one that receives */
  receiver(end: PipeEnd): PipeEnd {
    this.#ends[0] = end;
    return { ...end, ip: IP, port: this.#sides[0].address().port };
  }

  /** @returns what the node that receives is told of the one that sends */
  sender(end: PipeEnd): PipeEnd {
    this.#ends[1] = end;
    return { ...end, ip: IP, port: this.#sides[1].address().port };
  }

  close(): void {
    for (const side of this.#sides) side.close();
  }
}
