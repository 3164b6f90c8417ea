import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import { differencesNow, lastBaseline, sealCatalog, sealDifferences } from '../record/catalog/catalogSeals.ts';
import { sealFirst } from '../record/sealFirst.ts';
import { MIGRATION_LOCK, type Migrating, Migrator } from './Migrator.ts';
import { migrationNames, wholeMigration } from './migrationFiles.ts';
import type { Sql } from './Postgres.ts';
import { grantServer } from './serverRights.ts';

const LOOK_EVERY_MS = 100;

/**
 * Applies the numbered files of `migrations/` that this database has not seen, in order, each once, by a connection of
 * its own. Forward only: a file that was applied is never edited; a change is a new file.
 * @param url of the role that owns the tables
 * @returns names of the files applied now
 * @throws StartRefusal when the database was migrated by a newer version than this one
 */
export async function migrate(url: string, options: Migrating = {}): Promise<readonly string[]> {
  const migrator = await Migrator.create(url, options);
  try {
    for (let first = true; !(await migrator.tryLock()); first = false) {
      if (first) options.tell?.('another node migrates this database: waiting for it');
      await sleep(LOOK_EVERY_MS);
    }
    const sql = migrator.sql;
    const before = await inOne(migrator, () => differencesNow(sql));
    const todo = await missing(sql, await migrationNames(options.folder), options.folder);
    for (const [i, name] of todo.entries()) await migrator.apply(name, `${i + 1} of ${todo.length}`);
    const { server, folder } = options;
    await migrator.inTransaction(async () => {
      const given = server === undefined ? 0 : await grantServer(sql, server);
      // Tests of migrations have files of their own.
      if (folder === undefined) await sealAfter(sql, { before, given, server });
    });
    return todo;
  } finally {
    await migrator.close();
  }
}

async function inOne<T>(migrator: Migrator, work: () => Promise<T>): Promise<T | undefined> {
  let result: T | undefined;
  await migrator.inTransaction(async () => {
    result = await work();
  });
  return result;
}

interface Left {
  /** What was otherwise than sealed before anything was done; undefined: nothing to compare with was sealed. */
  readonly before: readonly string[] | undefined;
  /** How many rights were given or taken now. */
  readonly given: number;
  readonly server: string | undefined;
}

/** AU30: what this start has changed is sealed; what somebody else had changed before it is never made good by that. */
async function sealAfter(sql: Sql, { before, given, server }: Left): Promise<void> {
  if (before !== undefined && before.length > 0) await sealDifferences(sql, before);
  const isCurrent = await isSealed(sql);
  if (isCurrent && (given === 0 || before === undefined || before.length > 0)) return;
  await sealCatalog(sql, { act: 'sealed', why: isCurrent ? 'rights' : 'migration', server });
  await sealFirst(sql);
}

/**
 * Some of the files, inside the caller's transaction: a restored database begins as the one that was saved.
 */
export async function applyMigrations(sql: Sql, names: readonly string[]): Promise<readonly string[]> {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  const todo = await missing(sql, names);
  for (const name of todo) {
    await sql.query(await wholeMigration(name));
    await sql.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
  }
  return todo;
}

/** Those that the database does not have, in order; makes the list of them that it keeps. */
async function missing(sql: Sql, names: readonly string[], folder?: URL): Promise<readonly string[]> {
  const [kept] = await sql.query<{ there: boolean }>(`SELECT to_regclass('public.migrations') IS NOT NULL AS there`);
  if (!kept?.there)
    await sql.query(`CREATE TABLE migrations (
      name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`);
  const done = await doneOf(sql);
  const known = [...(await migrationNames()), ...(folder ? names : [])];
  const unknown = [...done, ...names].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new StartRefusal(
      `the database is newer than this program: it has ${unknown.join(', ')}; install the version of the program that made it`,
    );
  return [...names].sort().filter((name) => !done.includes(name));
}

/** What a start would have to apply; nothing is written. @throws StartRefusal when the database is newer than this program */
export async function pendingMigrations(sql: Sql): Promise<readonly string[]> {
  const [kept] = await sql.query<{ there: boolean }>(`SELECT to_regclass('public.migrations') IS NOT NULL AS there`);
  return kept?.there ? missing(sql, await migrationNames()) : migrationNames();
}

/** AU30: whether the newest migration has been sealed. */
export const isSealed = async (sql: Sql): Promise<boolean> =>
  (await lastBaseline(sql))?.version === (await doneOf(sql)).at(-1);

const doneOf = async (sql: Sql): Promise<readonly string[]> =>
  (await sql.query<{ name: string }>('SELECT name FROM migrations ORDER BY name')).map(({ name }) => name);

/**
 * @throws Error when the database has other migrations than this program: then its tables are not those that the
 * program reads
 */
export async function requireCurrent(sql: Sql): Promise<readonly string[]> {
  const [known] = await sql.query<{ there: boolean }>(`SELECT to_regclass('migrations') IS NOT NULL AS there`);
  if (!known?.there) throw new Error('the database is empty: it was never used by this program');
  const done = await doneOf(sql);
  const names = await migrationNames();
  const [lacks, more] = [names.filter((n) => !done.includes(n)), done.filter((n) => !names.includes(n))];
  if (more.length > 0) throw new Error(`the database is newer than this program: it has ${more.join(', ')}`);
  if (lacks.length > 0)
    throw new Error(
      `the database is older than this program: it lacks ${lacks.join(', ')}; a start of the server brings it up to date`,
    );
  return done;
}
