import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Verified } from '../../../domain/record/verifyRecord.ts';
import { applyMigrations } from '../base/migrate.ts';
import { migrationNames } from '../base/migrationFiles.ts';
import { pinned, SESSION } from '../base/Postgres.ts';
import { PrimaryClient } from '../base/PrimaryClient.ts';
import { Snapshot } from '../base/Snapshot.ts';
import { grantServer } from '../base/serverRights.ts';
import { sealCatalog } from '../record/catalog/catalogSeals.ts';
import { givenNumbers, type Restored, recordRestore } from '../record/restores.ts';
import { sealFirst } from '../record/sealFirst.ts';
import { verifyDatabase } from '../record/verifyDatabase.ts';
import { END_OF_TABLE, type Header, headerSchema } from './format.ts';
import { emptyDatabase, quote, readTables, unvalidated } from './tables.ts';

export interface LoadOptions {
  /** The role that gets the rights of the server, when it is another than the owner. */
  readonly server?: string | undefined;
  /** Of the backup, as `checkBackup` found it. */
  readonly sha256: string;
  /** Everything that is in the database goes; else it must be empty. */
  readonly replace: boolean;
  /** AU16: no issuer has given more directives since the backup, and no briefing more rounds; undefined: nobody knows. */
  readonly numbers?: number | undefined;
  /** Keep it although the record in it is broken, as it was when it was saved. */
  readonly evenBroken: boolean;
}

/**
 * Makes a database what a backup says, in one transaction: tables of the version that was saved, their rows, this
 * program's version, and a look at the record. Then it is committed; whatever fails, the database is as it was.
 * @param url of the role that owns the tables, or is to own them
 * @param lines of a backup that `checkBackup` found whole
 * @returns what verification found, with problems only when `evenBroken`; and what did not come back (AU16)
 */
export async function load(
  url: string,
  lines: AsyncIterable<Buffer>,
  options: LoadOptions,
): Promise<{ readonly verified: Verified; readonly ended: Restored }> {
  const client = new PrimaryClient({ ...pinned(url, SESSION), application_name: 'dieu-hanh-restore' });
  client.on('error', () => undefined); // told by the statement that runs, or the next
  await client.connect();
  try {
    await client.query('BEGIN');
    const done = await fill(client, lines, options);
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return done;
  } finally {
    await client.end();
  }
}

export class BrokenRecord extends Error {
  readonly verified: Verified;
  constructor(verified: Verified) {
    super('the record in the backup is broken; nothing was restored');
    this.verified = verified;
  }
}

async function fill(client: Client, lines: AsyncIterable<Buffer>, options: LoadOptions) {
  const { server, sha256, replace, evenBroken, numbers: named } = options;
  const sql = Snapshot.within(client);
  const source = lines[Symbol.asyncIterator]();
  let header: Header;
  let replaced: Awaited<ReturnType<typeof givenNumbers>>;
  try {
    header = headerSchema.parse(JSON.parse(String((await source.next()).value)));
    replaced = await givenNumbers(sql);
    await emptyDatabase(sql, replace);
    await applyMigrations(sql, header.migrations);
    for (const month of header.months ?? []) await sql.query('SELECT figure_month($1)', [month]);
    await fillTables(sql, header, source);
  } finally {
    await source.return?.();
  }
  await applyMigrations(sql, await migrationNames());
  if (server !== undefined) await grantServer(sql, server);
  const ended = await recordRestore(sql, { at: header.at, sha256 }, { named, replaced });
  await sealCatalog(sql, { act: 'sealed', why: 'restore', server });
  await sealFirst(sql);
  const verified = await verifyDatabase(sql);
  if (verified.problems.length > 0 && !evenBroken) throw new BrokenRecord(verified);
  return { verified, ended };
}

async function fillTables(sql: Snapshot, header: Header, source: AsyncIterator<Buffer>): Promise<void> {
  await requireSameTables(sql, header);
  await emptyTables(
    sql,
    header.tables.map(({ table }) => table),
  );
  const rules = await unvalidated(sql);
  for (const { drop } of rules) await sql.query(drop);
  for (const { table, columns } of header.tables) {
    const into = copyFrom(`COPY ${quote(table)} (${columns.map(quote).join(', ')}) FROM STDIN`);
    await pipeline(Readable.from(rowsOf(source), { objectMode: false }), sql.client.query(into));
  }
  for (const { add } of rules) await sql.query(add);
  for (const { sequence, last, called } of header.sequences)
    await sql.query('SELECT setval($1, $2, $3)', [`public.${quote(sequence)}`, last, called]);
}

/** What the migrations put there is in the backup too. The guards of tables that were made a moment ago look away for it. */
async function emptyTables(sql: Snapshot, tables: readonly string[]): Promise<void> {
  const guarded = await sql.query<{ table: string }>(
    `SELECT tgrelid::regclass::text AS table FROM pg_trigger WHERE tgname = 'record_stays_whole'`,
  );
  const turn = async (how: 'DISABLE' | 'ENABLE') => {
    for (const { table } of guarded) await sql.query(`ALTER TABLE ${table} ${how} TRIGGER record_stays_whole`);
  };
  await turn('DISABLE');
  await sql.query(`TRUNCATE ${tables.map(quote).join(', ')}`);
  await turn('ENABLE');
}

async function requireSameTables(sql: Snapshot, { tables }: Header): Promise<void> {
  const shape = (all: Header['tables']) =>
    all.map(({ table, columns }) => `${table} (${[...columns].sort().join(', ')})`).sort();
  const [saved, made] = [shape(tables), shape(await readTables(sql))];
  const other = saved.find((table) => !made.includes(table)) ?? made.find((table) => !saved.includes(table));
  if (other) throw new Error(`the backup is of tables that this program does not make: ${other}`);
}

const BATCH = 65_536;

/** Rows of one table, some at a time, up to its end. */
async function* rowsOf(source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  let rows: Buffer[] = [];
  let size = 0;
  for (let next = await source.next(); !next.done && !next.value.equals(END); next = await source.next()) {
    rows.push(next.value, LINE_FEED);
    size += next.value.length;
    if (size < BATCH) continue;
    yield Buffer.concat(rows);
    rows = [];
    size = 0;
  }
  if (rows.length > 0) yield Buffer.concat(rows);
}

const END = Buffer.from(END_OF_TABLE);
const LINE_FEED = Buffer.from('\n');
