import { Redis as Client } from 'ioredis';

/** A command that is not answered in this time fails; media never waits for it. */
const COMMAND_TIMEOUT_MS = 2_000;

/**
 * Opens a connection that comes back by itself. Commands while Redis is away fail at once instead of waiting in a queue, so that a
 * caller can say so. BullMQ and the socket adapter need connections with other rules: use `duplicate` with theirs.
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

/**
 * A connection that waits for Redis as long as it takes, for readers that do nothing else (the bus between socket servers). Need
 * not be there yet. Whoever sends by it looks at `status` first.
 */
export function connectBus(url: string): Client {
  const redis = new Client(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 4), 1_000),
  });
  // Said once, by the connection that commands use.
  redis.on('error', () => undefined);
  return redis;
}
