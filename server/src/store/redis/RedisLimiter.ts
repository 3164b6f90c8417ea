import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../../protocol/errors.ts';

export interface LimitRule {
  /** Prefix of its keys. */
  readonly name: string;
  readonly tries: number;
  readonly seconds: number;
}

/** Tries by key, counted in Redis for all nodes together; while Redis is away each node counts for itself. */
export class RedisLimiter {
  readonly #limiter: RateLimiterRedis;

  constructor(redis: Redis, { name, tries, seconds }: LimitRule) {
    const rule = { keyPrefix: `dh:limit:${name}`, points: tries, duration: seconds };
    this.#limiter = new RateLimiterRedis({
      ...rule,
      storeClient: redis,
      insuranceLimiter: new RateLimiterMemory(rule),
    });
  }

  /** @throws DomainError `rate-limited` */
  async consume(key: string): Promise<void> {
    try {
      await this.#limiter.consume(key);
    } catch (error) {
      throw error instanceof RateLimiterRes ? limited(error) : error;
    }
  }

  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key, 1);
  }
}

function limited({ msBeforeNext }: RateLimiterRes): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new DomainError('rate-limited', `too many tries: wait ${retryAfterSeconds} seconds`, { retryAfterSeconds });
}
