import { StartRefusal } from '../../lib/StartRefusal.ts';
import { storeAccount } from './account.ts';
import { preparePackaged } from './binaries.ts';
import { layHome, openHome } from './home.ts';
import { FolderLock } from './lock.ts';
import { DATABASE, openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';
import { type StoreLogger, StoreProcess, type StoreProgram, stop } from './StoreProcess.ts';
import { layShare, ShareNote, type ShareWanted } from './share.ts';

export type { StoreLogger } from './StoreProcess.ts';
export type { ShareWanted } from './share.ts';

export interface EmbeddedStores {
  /**
   * For node-postgres or psql, as the role of the server: a Unix socket, with the generated password. Stays the same from
   * start to start.
   */
  readonly databaseUrl: string;
  /** The same, as the role that owns the tables. */
  readonly ownerUrl: string;
  /** For ioredis: a Unix socket, with the generated password. Stays the same from start to start. */
  readonly redisUrl: string;
  /** The same from other machines, over TLS, as an account of their own; undefined: they are not let in. */
  readonly shared: { readonly databaseUrl: string; readonly redisUrl: string } | undefined;
  /** Process ids, for health and tests; they change when a store is started again. */
  pids(): { readonly postgres: number; readonly redis: number };
  /** Stops both in order; may run twice. */
  close(): Promise<void>;
}

/**
 * A real PostgreSQL and a real Redis as children of ours in `DATA_DIR/stores`. Those that an earlier server left (kill
 * -9) are taken over; one that dies is started again within about a second; `close()` stops both.
 * @throws Error, in one plain sentence, when another server uses this DATA_DIR, a program is missing, or a store does
 * not start.
 */
export async function startEmbedded(
  config: { readonly DATA_DIR: string; readonly share?: ShareWanted | undefined },
  logger: StoreLogger,
  env: NodeJS.ProcessEnv = process.env,
): Promise<EmbeddedStores> {
  const account = storeAccount();
  const home = openHome(config.DATA_DIR, account);
  const lock = await FolderLock.create('stores', home.folder);
  if (!lock)
    throw new StartRefusal(
      `another server already uses the data in ${config.DATA_DIR}: stop it, or set another DATA_DIR`,
    );
  const running: StoreProcess[] = [];
  const close = async () => {
    await Promise.all(running.map((store) => store.close()));
    lock.close();
  };
  try {
    const note = new ShareNote(home);
    if (!note.fits(config.share))
      await Promise.all([stop(openPostgres(home, account, env)), stop(openRedis(home, account, env))]);
    note.write(config.share);
    const share = layShare(home, account, config.share, DATABASE);
    const postgres = openPostgres(home, account, env, share);
    const redis = openRedis(home, account, env, share);
    const start = async (program: StoreProgram) => {
      const store = await StoreProcess.create(program, logger);
      running.push(store);
      return store;
    };
    // Both at once; and both are waited for, so that a failure of one leaves none behind.
    const [postgresProcess, redisProcess] = await Promise.allSettled([start(postgres), start(redis)]);
    if (postgresProcess.status === 'rejected') throw postgresProcess.reason;
    if (redisProcess.status === 'rejected') throw redisProcess.reason;
    await postgres.prepare();
    return {
      databaseUrl: postgres.databaseUrl,
      ownerUrl: postgres.ownerUrl,
      redisUrl: redis.redisUrl,
      shared: share && { databaseUrl: postgres.sharedUrl ?? '', redisUrl: redis.sharedUrl ?? '' },
      pids: () => ({ postgres: postgresProcess.value.pid, redis: redisProcess.value.pid }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As root: what the stores' account could not make itself, when the server that starts them has given up root. */
export function prepareEmbedded(config: { readonly DATA_DIR: string }): void {
  const account = storeAccount();
  layHome(config.DATA_DIR, account);
  preparePackaged(account);
}

/** Where the stores of a DATA_DIR answer, for a second program beside the server that runs them. */
export function embeddedUrls(
  config: { readonly DATA_DIR: string },
  env: NodeJS.ProcessEnv = process.env,
): Pick<EmbeddedStores, 'databaseUrl' | 'ownerUrl' | 'redisUrl'> {
  const account = storeAccount();
  const home = openHome(config.DATA_DIR, account);
  const { databaseUrl, ownerUrl } = openPostgres(home, account, env);
  return {
    databaseUrl,
    ownerUrl,
    redisUrl: openRedis(home, account, env).redisUrl,
  };
}

/**
 * Stops the stores of a DATA_DIR whose server is dead; does nothing while a server uses them.
 * @returns whether it did so.
 */
export async function stopEmbedded(
  config: { readonly DATA_DIR: string },
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const account = storeAccount();
  const home = openHome(config.DATA_DIR, account);
  const lock = await FolderLock.create('stores', home.folder);
  if (!lock) return false;
  try {
    await Promise.all([stop(openPostgres(home, account, env)), stop(openRedis(home, account, env))]);
    return true;
  } finally {
    lock.close();
  }
}
