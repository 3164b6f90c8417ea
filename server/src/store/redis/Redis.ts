import { Redis as Client } from 'ioredis';

/** A command that is not answered in this time fails; media never waits for it. */
const COMMAND_TIMEOUT_MS = 2_000;

/**
 * Opens a connection that comes back by itself. Commands while Redis is away fail at once instead of waiting in a queue, so that a
 * caller can say so. Jobs and the bus between nodes have connections of their own, with other rules.
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
  redis.on('error', lost);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return redis;
}
