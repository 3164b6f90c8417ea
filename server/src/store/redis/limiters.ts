import type { Redis } from 'ioredis';
import { TRIES } from '../../domain/organisation/limits.ts';
import { RedisLimiter } from './RedisLimiter.ts';

/** HT7: counted for all nodes. */
export function limiters(redis: Redis) {
  const limit = (name: string, tries: Tries) => new RedisLimiter(redis, { name, ...tries });
  return {
    address: limit('address', TRIES.address),
    link: limit('link', TRIES.link),
    codeUnit: limit('code-unit', TRIES.codeUnit),
    codeBlock: limit('code-block', TRIES.codeBlock),
    wrongHere: limit('wrong-here', TRIES.wrongHere),
    device: limit('device', TRIES.device),
    loginHere: limit('login-here', TRIES.loginHere),
    login: limit('login', TRIES.login),
    requests: limit('requests', TRIES.requests),
  };
}

type Tries = (typeof TRIES)[keyof typeof TRIES];
