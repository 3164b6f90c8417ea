import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLogger } from '../../src/observability/logger.ts';
import { storeAccount } from '../../src/store/embedded/account.ts';
import { openHome } from '../../src/store/embedded/home.ts';
import { type EmbeddedStores, startEmbedded } from '../../src/store/embedded/index.ts';
import { openRedis } from '../../src/store/embedded/redis.ts';
import { StoreProcess } from '../../src/store/embedded/StoreProcess.ts';
import { administer } from './administer.ts';
import { knowServer, serverOf } from './serverOf.ts';

export interface TestStores {
  /** A database of its own, empty, or with the demo's country in it; as its owner. What a server uses: `serverOf`. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** undefined: servers that others use too, which a test may not kill. */
  readonly embedded: EmbeddedStores | undefined;
  close(): Promise<void>;
}

export interface StoresWanted {
  /** The test kills or stops them. */
  readonly own?: boolean;
  /** The country may be there already, with all migrations. */
  readonly country?: boolean;
  /** Or the small country of `OfficialWorld`, likewise. */
  readonly world?: boolean;
}

/**
 * Stores for one test file. The runner shares one PostgreSQL between the files of a stage (`TEST_POSTGRES_URL`): a file gets a database of its
 * own there, and a Redis of its own, whose channels know no databases. `DATABASE_URL` and `REDIS_URL` name servers to be taken instead. Else,
 * and for a test that kills them, both are embedded ones in a folder of their own. The same tests run on all of them.
 */
export async function openStores({
  own = false,
  country = false,
  world = false,
}: StoresWanted = {}): Promise<TestStores> {
  const { DATABASE_URL, REDIS_URL, TEST_POSTGRES_URL, TEST_POSTGRES_SERVER_URL, TEST_COUNTRY, TEST_WORLD } =
    process.env;
  if (own) return embeddedStores();
  if (DATABASE_URL && REDIS_URL)
    return { ...(await createDatabase(DATABASE_URL)), redisUrl: REDIS_URL, embedded: undefined };
  if (!TEST_POSTGRES_URL) return embeddedStores();
  knowServer(TEST_POSTGRES_URL, TEST_POSTGRES_SERVER_URL);
  const [database, redis] = await Promise.all([
    createDatabase(TEST_POSTGRES_URL, country ? TEST_COUNTRY : world ? TEST_WORLD : undefined),
    ownRedis(),
  ]);
  const close = async () => {
    await redis.close();
    await database.close();
  };
  return { databaseUrl: database.databaseUrl, redisUrl: redis.redisUrl, embedded: undefined, close };
}

/** One more database on the same server. @param template of which it is a copy; else it is empty */
export async function createDatabase(
  adminUrl: string,
  template?: string,
): Promise<{ databaseUrl: string; close(): Promise<void> }> {
  const name = `dh_test_${randomBytes(6).toString('hex')}`;
  const [url, server] = [new URL(adminUrl), new URL(serverOf(adminUrl))];
  url.pathname = server.pathname = `/${name}`;
  knowServer(url.href, server.href);
  // Files are copied at a third of what it takes to write them to the log as well.
  await administer(adminUrl, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template} STRATEGY FILE_COPY` : ''}`);
  const close = () => drop(adminUrl, name);
  return { databaseUrl: url.href, close };
}

async function embeddedStores(): Promise<TestStores> {
  const folder = await mkdtemp(join(tmpdir(), 'dh-stores-'));
  const embedded = await startEmbedded({ DATA_DIR: folder }, createLogger('error'));
  const close = detached(
    folder,
    () => Object.values(embedded.pids()),
    async () => {
      await embedded.close();
      await rm(folder, { recursive: true, force: true });
    },
  );
  const { ownerUrl: databaseUrl, redisUrl } = embedded;
  knowServer(databaseUrl, embedded.databaseUrl);
  return { databaseUrl, redisUrl, embedded, close };
}

async function ownRedis(): Promise<{ redisUrl: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'dh-redis-'));
  const account = storeAccount();
  const redis = openRedis(openHome(folder, account), account, process.env);
  const running = await StoreProcess.create(redis, createLogger('error'));
  const close = detached(
    folder,
    () => [running.pid],
    async () => {
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  );
  return { redisUrl: redis.redisUrl, close };
}

/** Stores are detached on purpose, so that they outlive a server; they must not outlive a test that is stopped or fails to close. */
function detached(folder: string, pids: () => readonly number[], close: () => Promise<void>): () => Promise<void> {
  const kill = () => {
    for (const pid of pids()) tryKill(pid);
    tryRemove(folder);
  };
  const stopped = () => process.exit(143);
  process.once('exit', kill);
  process.once('SIGTERM', stopped);
  return async () => {
    await close();
    process.off('exit', kill);
    process.off('SIGTERM', stopped);
  };
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** What a killed store wrote is of no use to anybody; its other processes end a moment later, and may write until then. */
function tryRemove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {
    // Still written to.
  }
}

const PATIENCE_MS = 20_000;

/** An autovacuum of PostgreSQL's own may be in there, which a role that is no superuser may not end: it ends by itself. */
async function drop(adminUrl: string, name: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;)
    try {
      return await administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    } catch (error) {
      const mayNot = error instanceof Error && 'code' in error && error.code === '42501';
      if (!mayNot || performance.now() > end) throw error;
      await wait(100);
    }
}
