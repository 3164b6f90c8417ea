import { Closer } from '../../src/lib/Closer.ts';
import { PostgresPair } from './PostgresPair.ts';
import { RedisSentinels } from './RedisSentinels.ts';
import { knowServer } from './serverOf.ts';
import type { TestStores } from './stores.ts';
import { testCertificate } from './testCertificate.ts';

/** Everything that a node stands on, twice and outside of it: each of both may die. */
export interface OutsideStores extends TestStores {
  readonly postgres: PostgresPair;
  readonly redis: RedisSentinels;
  /** What a node is told beside DATABASE_URL. */
  readonly env: Record<string, string>;
}

export async function outsideStores(): Promise<OutsideStores> {
  const closer = new Closer(() => undefined);
  try {
    const certificate = closer.own('certificate', await testCertificate());
    const postgres = closer.own('PostgreSQL', await PostgresPair.create(certificate));
    const redis = closer.own('Redis', await RedisSentinels.create(certificate));
    knowServer(postgres.databaseUrl, postgres.serverUrl);
    return {
      ...{ postgres, redis, env: redis.env, embedded: undefined },
      ...{ databaseUrl: postgres.databaseUrl, redisUrl: redis.redisUrl, close: () => closer.close() },
    };
  } catch (error) {
    await closer.close();
    throw error;
  }
}
