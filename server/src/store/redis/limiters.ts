import type { Redis } from 'ioredis';
import { RedisLimiter } from './RedisLimiter.ts';

/**
 * How many tries whom. Numbers of the address are generous, since a whole province may come from one address at the minute in which a
 * briefing opens; what they stop is a flood. Secrets of links are not guessable, so failed links count for the link alone.
 */
export function limiters(redis: Redis) {
  const limit = (name: string, tries: number, seconds: number) => new RedisLimiter(redis, { name, tries, seconds });
  return {
    address: limit('address', 3_000, 60),
    link: limit('link', 20, 60),
    loginHere: limit('login-here', 10, 900),
    login: limit('login', 100, 3_600),
    /** All requests of one session. */
    requests: limit('requests', 600, 60),
  };
}
