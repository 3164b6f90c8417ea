import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/observability/logger.ts';
import { DomainError } from '../../server/src/protocol/errors.ts';
import { embeddedUrls, startEmbedded } from '../../server/src/store/embedded/index.ts';
import { migrate } from '../../server/src/store/postgres/migrate.ts';
import { Postgres } from '../../server/src/store/postgres/Postgres.ts';

/**
 * Runs `work` on the database of this installation: the one that DATABASE_URL names, that of the server which runs now, or the
 * embedded one, started for the moment.
 */
export async function withDatabase<T>(work: (postgres: Postgres) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const url = config.DATABASE_URL ?? embeddedUrls(config).databaseUrl;
  const running = await connect(url);
  if (running || config.DATABASE_URL) return use(running ?? (await Postgres.create(url, ignore, 2)), work);
  const embedded = await startEmbedded(config, createLogger('error'));
  try {
    return await use(await Postgres.create(embedded.databaseUrl, ignore, 2), work);
  } finally {
    await embedded.close();
  }
}

async function use<T>(postgres: Postgres, work: (postgres: Postgres) => Promise<T>): Promise<T> {
  try {
    await migrate(postgres);
    return await work(postgres);
  } finally {
    await postgres.close();
  }
}

async function connect(url: string): Promise<Postgres | undefined> {
  try {
    return await Postgres.create(url, ignore, 2);
  } catch (error) {
    if (error instanceof DomainError && error.reason === 'store-unavailable') return undefined;
    throw error;
  }
}

const ignore = (): void => undefined;

/** Ends a command with one plain message instead of a stack. */
export function runCommand(usage: string, work: () => Promise<void>): void {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
