import { readdir, readFile } from 'node:fs/promises';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import type { Postgres, Sql } from './Postgres.ts';

const folder = new URL('./migrations/', import.meta.url);

/** One key for all nodes that share a database: only one of them migrates, the others wait for it. */
const LOCK = 7_310_501;

/** Names of all migrations of this program, in the order in which they are applied. */
export async function migrationNames(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((f) => /^\d{4}-.*\.sql$/.test(f)).sort();
}

/**
 * Applies the numbered files of `migrations/` that this database has not seen, in order, each once, all in one
 * transaction. Forward only: a file that was applied is never edited; a change is a new file.
 * @returns names of the files applied now
 * @throws StartRefusal when the database was migrated by a newer version than this one
 */
export async function migrate(postgres: Postgres): Promise<readonly string[]> {
  const names = await migrationNames();
  return postgres.transaction((sql) => applyMigrations(sql, names));
}

/**
 * The same with some of the files, inside the caller's transaction: a restored database begins as the one that was
 * saved.
 */
export async function applyMigrations(sql: Sql, names: readonly string[]): Promise<readonly string[]> {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  await sql.query(`CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`);
  const done = new Set((await sql.query<{ name: string }>('SELECT name FROM migrations')).map((r) => r.name));
  const known = await migrationNames();
  const unknown = [...done, ...names].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new StartRefusal(
      `the database is newer than this program: it has ${unknown.join(', ')}; install the version of the program that made it`,
    );
  const applied: string[] = [];
  for (const name of [...names].sort().filter((f) => !done.has(f))) {
    await sql.query(await readFile(new URL(name, folder), 'utf8'));
    await sql.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
    applied.push(name);
  }
  return applied;
}

/**
 * @throws Error when the database has other migrations than this program: then its tables are not those that the
 * program reads
 */
export async function requireCurrent(sql: Sql): Promise<readonly string[]> {
  const [known] = await sql.query<{ there: boolean }>(`SELECT to_regclass('migrations') IS NOT NULL AS there`);
  if (!known?.there) throw new Error('the database is empty: it was never used by this program');
  const done = (await sql.query<{ name: string }>('SELECT name FROM migrations ORDER BY name')).map(({ name }) => name);
  const names = await migrationNames();
  const [lacks, more] = [names.filter((n) => !done.includes(n)), done.filter((n) => !names.includes(n))];
  if (more.length > 0) throw new Error(`the database is newer than this program: it has ${more.join(', ')}`);
  if (lacks.length > 0)
    throw new Error(
      `the database is older than this program: it lacks ${lacks.join(', ')}; a start of the server brings it up to date`,
    );
  return done;
}
