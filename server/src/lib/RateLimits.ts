import { RateLimit } from './RateLimit.ts';

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * A token bucket for each key: an account, an identity, a session. It stays with the key, whatever connects or
 * reconnects under it, and is forgotten when it is full again.
 */
export class RateLimits {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #limits = new Map<string, RateLimit>();
  #cleanAt = 0;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
  }

  /** @returns 0: they are taken; else nothing is, and so many milliseconds have to pass until they can be */
  take(key: string, tokens = 1): number {
    const limit = this.#of(key);
    return limit.take(tokens) ? 0 : Math.max(1, limit.wait(tokens));
  }

  #of(key: string): RateLimit {
    this.#clean();
    const known = this.#limits.get(key);
    if (known) return known;
    const limit = new RateLimit(this.#rate.perSecond, this.#rate.burst, this.#now);
    this.#limits.set(key, limit);
    return limit;
  }

  get size(): number {
    return this.#limits.size;
  }

  /** At most once in the time that an empty bucket takes to fill. */
  #clean(): void {
    const now = this.#now();
    if (now < this.#cleanAt) return;
    for (const [key, limit] of this.#limits) if (limit.isFull) this.#limits.delete(key);
    this.#cleanAt = now + (this.#rate.burst / this.#rate.perSecond) * 1000;
  }
}
