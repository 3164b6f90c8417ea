import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createLogger } from '../../src/observability/logger.ts';
import { type EmbeddedStores, startEmbedded } from '../../src/store/embedded/index.ts';

export interface TestStores {
  /** A database of its own, empty. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** undefined: the servers of the environment, which a test may not kill. */
  readonly embedded: EmbeddedStores | undefined;
  close(): Promise<void>;
}

/**
 * Stores for one test file: those that `DATABASE_URL` and `REDIS_URL` name (with a database made for this file), else embedded
 * ones in a folder of their own. The same tests run on both.
 */
export async function openStores(): Promise<TestStores> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  if (DATABASE_URL && REDIS_URL) return freshDatabase(DATABASE_URL, REDIS_URL);
  const folder = await mkdtemp(join(tmpdir(), 'dh-stores-'));
  const embedded = await startEmbedded({ DATA_DIR: folder }, createLogger('error'));
  // They are detached on purpose, so that they outlive a server; they must not outlive a test that is stopped or fails to close.
  const kill = () => {
    for (const pid of Object.values(embedded.pids())) tryKill(pid);
  };
  const stopped = () => process.exit(143);
  process.once('exit', kill);
  process.once('SIGTERM', stopped);
  return {
    ...embedded,
    embedded,
    close: async () => {
      await embedded.close();
      process.off('exit', kill);
      process.off('SIGTERM', stopped);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

async function freshDatabase(adminUrl: string, redisUrl: string): Promise<TestStores> {
  return { ...(await createDatabase(adminUrl)), redisUrl, embedded: undefined };
}

/** One more empty database on the same server. */
export async function createDatabase(adminUrl: string): Promise<{ databaseUrl: string; close(): Promise<void> }> {
  const name = `dh_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await administer(adminUrl, `CREATE DATABASE ${name}`);
  const close = () => administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return { databaseUrl: url.href, close };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
