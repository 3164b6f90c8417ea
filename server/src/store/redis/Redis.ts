import { setTimeout as sleep } from 'node:timers/promises';
import { Redis as Client } from 'ioredis';
import { redisOptions, sentinelOptions } from '../../lib/redisAddress.ts';
import { keepPulse } from '../../lib/redisPulse.ts';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { redisRefusal, requireRedis } from './redisRefusal.ts';

/** A command that is not answered in this time fails; media never waits for it. */
const COMMAND_TIMEOUT_MS = 2_000;
/** Sentinels that are away, or know no master, are asked again without end: a start is told sooner. */
const START_WITHIN_MS = 8_000;
/** CL6: a lease has to be there again in time. */
export const RETRY_WITHIN_MS = 500;

/**
 * Opens a connection that comes back by itself. Commands while Redis is away fail at once instead of waiting in a
 * queue, so that a caller can say so. Jobs and the bus between nodes have connections of their own, with other rules.
 * @throws StartRefusal when it is not there now, or too old
 * @param lost told each time the line breaks, for the log
 */
export async function connectRedis(url: string, lost: (error: Error) => void): Promise<Client> {
  const redis = new Client({
    connectTimeout: 3_000,
    ...redisOptions(url),
    lazyConnect: true,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 4), RETRY_WITHIN_MS),
  });
  let last: Error | undefined;
  redis.on('error', (error) => {
    last = error;
    lost(error);
  });
  try {
    await Promise.race([redis.connect(), late(url, redis)]);
    keepPulse(redis);
    requireRedis(url, await redis.info('server').catch(() => ''));
  } catch (error) {
    redis.disconnect();
    if (error instanceof StartRefusal) throw error;
    // `connect` itself says no more than that the connection is closed, and of sentinels that none answers.
    throw redisRefusal(url, (await sentinelFault(url)) ?? last ?? (error as Error));
  }
  return redis;
}

/**
 * Resolves when Redis answers. On a full disk it refuses even this, and tells and reads all the same: that keeps nobody out of a
 * broadcast (SV16).
 */
export async function pingRedis(redis: Pick<Client, 'ping'>): Promise<void> {
  try {
    await redis.ping();
  } catch (error) {
    if (!/^MISCONF/.test(error instanceof Error ? error.message : '')) throw error;
  }
}

async function sentinelFault(url: string): Promise<Error | undefined> {
  const options = sentinelOptions(url);
  if (options === undefined) return undefined;
  const sentinel = new Client({ ...options, lazyConnect: true, connectTimeout: 3_000, retryStrategy: () => null });
  let fault: Error | undefined;
  sentinel.on('error', (error) => {
    fault = error;
  });
  await sentinel.connect().catch(() => undefined);
  sentinel.disconnect();
  return fault;
}

/** Sooner, when a sentinel says itself what is wrong. */
async function late(url: string, redis: Client): Promise<never> {
  await sleep(START_WITHIN_MS / 8, undefined, { ref: false });
  const fault = redis.status === 'ready' ? undefined : await sentinelFault(url);
  if (fault && !('syscall' in fault)) throw fault;
  await sleep(START_WITHIN_MS, undefined, { ref: false });
  throw new Error(`nothing within ${START_WITHIN_MS / 1000} s`);
}
