import { join } from 'node:path';
import type { Config } from '../config.ts';
import { localCertificate } from '../edge/sharedPort/index.ts';
import { authorityOf, withAuthority } from '../lib/databaseAddress.ts';
import type { EmbeddedStores, ShareWanted } from '../store/embedded/index.ts';

/** Where another machine finds the stores of this node, and the files of the authorities of their certificates. */
export interface SharedStores {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly databaseCa?: string | undefined;
  readonly redisCa?: string | undefined;
}

/** NJ4: with a certificate for that address alone, by an authority of this node that vouches for nothing else. */
export async function shareWanted({
  DATA_DIR,
  SHARE_STORES: address,
}: Pick<Config, 'DATA_DIR' | 'SHARE_STORES'>): Promise<(ShareWanted & { readonly ca: string }) | undefined> {
  if (address === undefined) return undefined;
  const { cert, key, ca } = await localCertificate(join(DATA_DIR, 'share-tls'), { must: [address], all: [address] });
  return { address, cert, key, ca };
}

/** @returns undefined when they are on a socket of this machine alone */
export function sharedStores(
  { DATABASE_URL, REDIS_URL }: Pick<Config, 'DATABASE_URL' | 'REDIS_URL'>,
  embedded: EmbeddedStores | undefined,
  ca: string | undefined,
): SharedStores | undefined {
  if (embedded) return embedded.shared && { ...embedded.shared, databaseCa: ca, redisCa: ca };
  if (DATABASE_URL === undefined || REDIS_URL === undefined) return undefined;
  const redis = new URL(REDIS_URL);
  if (redis.protocol === 'unix:' || /[?&]host=(%2F|\/)/i.test(DATABASE_URL)) return undefined;
  const redisCa = redis.searchParams.get('ca') ?? undefined;
  redis.searchParams.delete('ca');
  const databaseCa = authorityOf(DATABASE_URL);
  return { databaseUrl: withAuthority(DATABASE_URL, undefined), redisUrl: redis.href, databaseCa, redisCa };
}
