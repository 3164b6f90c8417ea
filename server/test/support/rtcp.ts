// Packets of RTCP feedback as a client writes them (RFC 3550, RFC 4585, RFC 5104).

const SENDER = 1;
/** Sequence numbers that one item of a NACK names: one, and sixteen that follow it. */
const PER_ITEM = 17;

function packet(count: number, type: number, words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * words.length);
  bytes.set([0x80 | count, type]);
  bytes.writeUInt16BE(words.length, 2);
  for (const [i, word] of words.entries()) bytes.writeUInt32BE(word >>> 0, 4 + 4 * i);
  return bytes;
}

/** @param sequences in their order */
export function nack(ssrc: number, sequences: readonly number[]): Buffer {
  const items: number[] = [];
  for (let i = 0; i < sequences.length; ) {
    const first = sequences[i] ?? 0;
    let mask = 0;
    for (i++; i < sequences.length; i++) {
      const distance = ((sequences[i] ?? 0) - first) & 0xffff;
      if (distance === 0 || distance >= PER_ITEM) break;
      mask |= 1 << (distance - 1);
    }
    items.push(((first << 16) | mask) >>> 0);
  }
  return packet(1, 205, [SENDER, ssrc, ...items]);
}

export const pli = (ssrc: number): Buffer => packet(1, 206, [SENDER, ssrc]);

/** @param sequence of the request: one that is repeated has the same */
export const fir = (ssrc: number, sequence: number): Buffer =>
  packet(4, 206, [SENDER, 0, ssrc, (sequence & 0xff) << 24]);

export interface Reported {
  /** The middle 32 bits of its time (LSR), and how long ago that came (DLSR), in 65,536 parts of a second. */
  readonly lastSenderReport?: number;
  readonly delay?: number;
  /** Packets lost since the beginning. */
  readonly lost?: number;
}

export const receiverReport = (ssrc: number, { lastSenderReport = 0, delay = 0, lost = 0 }: Reported = {}): Buffer =>
  packet(1, 201, [SENDER, ssrc, lost, 0, 0, lastSenderReport, delay]);
