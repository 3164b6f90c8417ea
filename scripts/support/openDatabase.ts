import { createLogger } from '../../server/src/observability/logger.ts';
import { DomainError } from '../../server/src/protocol/errors.ts';
import { embeddedUrls, startEmbedded } from '../../server/src/store/embedded/index.ts';
import { type DatabaseUrls, openDatabase } from '../../server/src/store/postgres/base/openDatabase.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../server/src/store/postgres/base/Snapshot.ts';
import { installation } from './installation.ts';

/**
 * Runs `work` on the database of this installation: the one that DATABASE_URL names, that of the server which runs now, or the
 * embedded one, started for the moment.
 */
export async function withDatabaseUrls<T>(work: (urls: DatabaseUrls) => Promise<T>): Promise<T> {
  const config = await installation();
  const { DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: ownerUrl } = config;
  if (databaseUrl) return work({ databaseUrl, ownerUrl });
  const urls = embeddedUrls(config);
  // As the owner: the role of the server is not there before a server of this version has started them.
  if (await answers(urls.ownerUrl))
    return work((await answers(urls.databaseUrl)) ? urls : { databaseUrl: urls.ownerUrl });
  const embedded = await startEmbedded(config, createLogger('error'));
  try {
    return await work(embedded);
  } finally {
    await embedded.close();
  }
}

/** The same, with a pool as the server has it, and migrated to this version. */
export function withDatabase<T>(work: (postgres: Postgres) => Promise<T>): Promise<T> {
  return withDatabaseUrls(async (urls) => {
    const { postgres } = await openDatabase(urls, { idleError: ignore, mayLose: true, size: 2 });
    try {
      return await work(postgres);
    } finally {
      await postgres.close();
    }
  });
}

/** The same for what only the role that owns the tables may do: given is its address, migrated to this version. */
export function withOwner<T>(work: (url: string) => Promise<T>): Promise<T> {
  return withDatabaseUrls(async (urls) => {
    const { postgres } = await openDatabase(urls, { idleError: ignore, mayLose: true, size: 1 });
    await postgres.close();
    return work(urls.ownerUrl ?? urls.databaseUrl);
  });
}

/** The same as it is at one moment, to be read alone. */
export function withSnapshot<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return withDatabaseUrls(async ({ databaseUrl }) => {
    const snapshot = await Snapshot.create(databaseUrl);
    try {
      return await work(snapshot);
    } finally {
      await snapshot.close();
    }
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await Postgres.create(url, ignore, 1)).close();
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.reason === 'store-unavailable') return false;
    throw error;
  }
}

const ignore = (): void => undefined;

/** Ends a command with one plain message instead of a stack. @param failed its exit status then */
export function runCommand(usage: string, work: () => Promise<void>, failed = 1): void {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = failed;
  });
}
