import { Redis as Client } from 'ioredis';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { redisRefusal, requireRedis } from './redisRefusal.ts';

/** A command that is not answered in this time fails; media never waits for it. */
const COMMAND_TIMEOUT_MS = 2_000;

/**
 * Opens a connection that comes back by itself. Commands while Redis is away fail at once instead of waiting in a
 * queue, so that a caller can say so. Jobs and the bus between nodes have connections of their own, with other rules.
 * @throws StartRefusal when it is not there now, or too old
 * @param lost told each time the line breaks, for the log
 */
export async function connectRedis(url: string, lost: (error: Error) => void): Promise<Client> {
  const redis = new Client(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 4), 1_000),
  });
  let last: Error | undefined;
  redis.on('error', (error) => {
    last = error;
    lost(error);
  });
  try {
    await redis.connect();
    requireRedis(url, await redis.info('server').catch(() => ''));
  } catch (error) {
    redis.disconnect();
    // `connect` itself says no more than that the connection is closed.
    throw error instanceof StartRefusal ? error : redisRefusal(url, last ?? (error as Error));
  }
  return redis;
}
