import type { RtpPacket } from './rtp.ts';

/** Loss on a viewer's line that no repetition mends: a packet that is lost is lost again whenever it is repeated. */
export class PacketLoss {
  readonly #share: number;
  readonly #seed = Math.floor(Math.random() * 2 ** 32);

  /** @param share of the packets, 0..1 */
  constructor(share: number) {
    this.#share = share;
  }

  takes({ ssrc, sequence }: Pick<RtpPacket, 'ssrc' | 'sequence'>): boolean {
    if (this.#share === 0) return false;
    // Two rounds of an integer hash: the same packet has the same fate, and neighbours have nothing in common.
    let mixed = this.#seed ^ ssrc ^ Math.imul(sequence + 1, 0x9e3779b1);
    for (let i = 0; i < 2; i++) mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
    return (mixed ^ (mixed >>> 16)) >>> 0 < this.#share * 2 ** 32;
  }
}
