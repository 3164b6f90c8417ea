import { RateLimit } from '../../../lib/RateLimit.ts';
import type { DataParticipant, DataRoom } from './types.ts';

/** A message costs every recipient some work however small it is: it counts as at least so many bytes. */
const LEAST_BYTES = 2_000;
const BURST_SECONDS = 10;

/** What each identity of a room may still send. It stays with the identity: who joins anew gets no new allowance. */
export class SenderLimits {
  readonly #bytesPerSecond: number;
  readonly #now: () => number;
  readonly #rooms = new Map<DataRoom, Map<string, RateLimit>>();

  /** @param now milliseconds */
  constructor(bytesPerSecond: number, now: () => number) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#now = now;
  }

  /** False: this message is too much. */
  allow({ room, identity }: DataParticipant, bytes: number): boolean {
    const limits = this.#rooms.get(room) ?? new Map<string, RateLimit>();
    this.#rooms.set(room, limits);
    const burst = this.#bytesPerSecond * BURST_SECONDS;
    const limit = limits.get(identity) ?? new RateLimit(this.#bytesPerSecond, burst, this.#now);
    limits.set(identity, limit);
    return limit.take(Math.max(LEAST_BYTES, bytes));
  }

  /** Forgets those who have their whole allowance again. */
  prune(): void {
    for (const [room, limits] of this.#rooms) {
      for (const [identity, limit] of limits) if (limit.isFull) limits.delete(identity);
      if (limits.size === 0) this.#rooms.delete(room);
    }
  }
}
