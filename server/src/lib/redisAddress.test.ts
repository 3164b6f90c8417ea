import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LEASE_EVERY_MS } from '../cluster/membership/Membership.ts';
import { SURE_MS } from '../cluster/membership/Sightings.ts';
import { RETRY_WITHIN_MS } from '../store/redis/Redis.ts';
import { redisAddress, redisOptions } from './redisAddress.ts';

const ca = fileURLToPath(import.meta.url);

test('ST3 one address holds all that is said of Redis, and connections are made of it', () => {
  assert.deepEqual(redisOptions('redis://:p%40ss@r.example:6380/2'), {
    ...{ host: 'r.example', port: 6380, password: 'p@ss', db: 2 },
  });
  assert.deepEqual(redisOptions('unix:///tmp/r%20s.sock?password=p'), { path: '/tmp/r s.sock', password: 'p' });
  const {
    sentinelRetryStrategy,
    reconnectOnError,
    connectTimeout = 0,
    tls,
    ...rest
  } = redisOptions(
    redisAddress({
      REDIS_URL: 'rediss://node:secret@briefings/1',
      REDIS_SENTINELS: 'one:26380, [fd00::2]',
      REDIS_SENTINEL_PASSWORD: 'watch',
      REDIS_CA: ca,
    }),
  );
  assert.ok(tls?.ca?.includes('one address holds all'));
  assert.deepEqual(rest, {
    ...{ username: 'node', password: 'secret', db: 1, name: 'briefings', sentinelPassword: 'watch' },
    sentinels: [
      { host: 'one', port: 26380 },
      { host: 'fd00::2', port: 26379 },
    ],
    ...{ sentinelTLS: tls, enableTLSForSentinelMode: true },
  });
  assert.equal(typeof sentinelRetryStrategy?.(1), 'number');
  assert.ok(2 * connectTimeout + RETRY_WITHIN_MS + LEASE_EVERY_MS < SURE_MS);
  assert.equal(reconnectOnError?.(new Error("READONLY You can't write against a read only replica.")), true);
});

test('ST3 what contradicts itself is refused in a sentence', () => {
  const refused = (settings: Parameters<typeof redisAddress>[0]) => assert.throws(() => redisAddress(settings), Error);
  refused({ REDIS_URL: 'redis://r', REDIS_CA: ca });
  refused({ REDIS_URL: 'redis://r', REDIS_SENTINEL_PASSWORD: 'x' });
  refused({ REDIS_URL: 'redis://r:6379', REDIS_SENTINELS: 'one' });
  refused({ REDIS_URL: 'unix:///r', REDIS_SENTINELS: 'one' });
  refused({ REDIS_URL: 'redis://r', REDIS_SENTINELS: 'one,,two' });
});
