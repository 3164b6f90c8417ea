import type { Quotas } from './Quotas.ts';
import { RateLimit } from './RateLimit.ts';

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** CL43: who has more of a burst left is on the way to no limit. */
const TOLD_BELOW = 0.75;

interface Bucket {
  readonly limit: RateLimit;
  /** Taken here since other nodes were told. */
  untold: number;
}

/**
 * A token bucket for each key: an account, an identity, a session. It stays with the key, whatever connects or
 * reconnects under it, and is forgotten when it is full again.
 */
export class RateLimits {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #limits = new Map<string, Bucket>();
  #spent: ((key: string, tokens: number) => void) | undefined;
  #cleanAt = 0;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
  }

  /** CL43: one that counts for all nodes. */
  static shared(name: string, rate: Rate, quotas: Quotas, now?: () => number): RateLimits {
    const limits = new RateLimits(rate, now);
    limits.#spent = quotas.share(name, (key, tokens) => void limits.#of(key).limit.charge(tokens));
    return limits;
  }

  /** @returns 0: they are taken; else nothing is, and so many milliseconds have to pass until they can be */
  take(key: string, tokens = 1): number {
    const bucket = this.#of(key);
    if (!bucket.limit.take(tokens)) return Math.max(1, bucket.limit.wait(tokens));
    if (this.#spent) this.#tell(key, bucket, tokens, this.#spent);
    return 0;
  }

  #tell(key: string, bucket: Bucket, tokens: number, spent: (key: string, tokens: number) => void): void {
    const left = bucket.limit.charge(0);
    // What has come back since need not be told.
    bucket.untold = Math.min(bucket.untold + tokens, this.#rate.burst - left);
    if (left > this.#rate.burst * TOLD_BELOW) return;
    spent(key, bucket.untold);
    bucket.untold = 0;
  }

  #of(key: string): Bucket {
    this.#clean();
    const known = this.#limits.get(key);
    if (known) return known;
    const bucket = { limit: new RateLimit(this.#rate.perSecond, this.#rate.burst, this.#now), untold: 0 };
    this.#limits.set(key, bucket);
    return bucket;
  }

  get size(): number {
    return this.#limits.size;
  }

  /** At most once in the time that an empty bucket takes to fill. */
  #clean(): void {
    const now = this.#now();
    if (now < this.#cleanAt) return;
    for (const [key, { limit }] of this.#limits) if (limit.isFull) this.#limits.delete(key);
    this.#cleanAt = now + (this.#rate.burst / this.#rate.perSecond) * 1000;
  }
}
