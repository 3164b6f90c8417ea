import { rtcpPacket } from './rtcp.ts';

const RECEIVED_SMALL = 1;
const RECEIVED_LARGE = 2;
/** Unit of arrival times, in ms (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
const TICK = 0.25;

/** Arrival times of all packets of one transport by their transport-wide number, reported as libwebrtc does. */
export class TransportFeedback {
  #arrivals = new Map<number, number>();
  #count = 0;
  /** Next number to report; undefined before the first packet. */
  #next: number | undefined;
  #highest = 0;

  /** @param now ms of a monotonic clock */
  received(sequence: number, now: number): void {
    if (this.#next === undefined) {
      this.#next = sequence;
      this.#highest = sequence;
    }
    const ahead = ((sequence - this.#highest + 0x8000) & 0xffff) - 0x8000;
    const unwrapped = this.#highest + ahead;
    if (unwrapped < this.#next) return;
    this.#highest = Math.max(this.#highest, unwrapped);
    if (!this.#arrivals.has(unwrapped)) this.#arrivals.set(unwrapped, now);
  }

  /** The feedback for what came since the last call, or undefined when nothing did. */
  take(sender: number, media: number): Buffer | undefined {
    if (this.#next === undefined || this.#arrivals.size === 0) return undefined;
    const base = this.#next;
    const count = Math.min(this.#highest - base + 1, 0xffff);
    const firstArrival = Math.min(...this.#arrivals.values());
    const reference = Math.floor(firstArrival / 64);
    const statuses: number[] = [];
    const deltas: number[] = [];
    let last = Math.round((reference * 64) / TICK);
    for (let i = 0; i < count; i++) {
      const arrival = this.#arrivals.get(base + i);
      if (arrival === undefined) {
        statuses.push(0);
        continue;
      }
      const tick = Math.round(arrival / TICK);
      const delta = Math.max(-0x8000, Math.min(0x7fff, tick - last));
      last += delta;
      statuses.push(delta >= 0 && delta <= 0xff ? RECEIVED_SMALL : RECEIVED_LARGE);
      deltas.push(delta);
    }
    this.#next = base + count;
    this.#arrivals = new Map([...this.#arrivals].filter(([sequence]) => sequence >= base + count));
    const head = Buffer.alloc(16);
    head.writeUInt32BE(sender, 0);
    head.writeUInt32BE(media, 4);
    head.writeUInt16BE(base & 0xffff, 8);
    head.writeUInt16BE(count, 10);
    head.writeUIntBE(reference & 0xffffff, 12, 3);
    head[15] = this.#count++ & 0xff;
    return rtcpPacket(205, 15, Buffer.concat([head, statusChunks(statuses), deltaBytes(statuses, deltas)]));
  }
}

/** Two-bit vectors of seven, or one run where at least fourteen are equal. */
function statusChunks(statuses: readonly number[]): Buffer {
  const chunks: number[] = [];
  for (let i = 0; i < statuses.length; ) {
    const status = statuses[i] ?? 0;
    let run = 1;
    while (i + run < statuses.length && statuses[i + run] === status && run < 0x1fff) run += 1;
    if (run >= 14) {
      chunks.push((status << 13) | run);
      i += run;
      continue;
    }
    let chunk = 0xc000;
    for (let bit = 0; bit < 7; bit++) chunk |= (statuses[i + bit] ?? 0) << (12 - 2 * bit);
    chunks.push(chunk);
    i += 7;
  }
  const bytes = Buffer.alloc(2 * chunks.length);
  for (const [i, chunk] of chunks.entries()) bytes.writeUInt16BE(chunk, 2 * i);
  return bytes;
}

function deltaBytes(statuses: readonly number[], deltas: readonly number[]): Buffer {
  const received = statuses.filter((status) => status !== 0);
  return Buffer.concat(
    deltas.map((delta, i) => {
      if (received[i] === RECEIVED_SMALL) return Buffer.of(delta);
      const bytes = Buffer.alloc(2);
      bytes.writeInt16BE(delta);
      return bytes;
    }),
  );
}
