import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { applyMigrations, migrate } from '../../src/store/postgres/base/migrate.ts';
import { migrationNames } from '../../src/store/postgres/base/migrationFiles.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { history } from '../support/official/history.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

const ROWS = 1_000_000;
let stores: TestStores;
let database: Awaited<ReturnType<typeof createDatabase>>;
let owner: Client;
let folder: string;
const told: string[] = [];
const tell = (line: string) => void told.push(line);
before(async () => {
  stores = await openStores();
  database = await createDatabase(stores.databaseUrl);
  owner = new Client({ connectionString: database.databaseUrl });
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'dh-migrations-'));
});
after(async () => {
  await owner?.end();
  await database?.close();
  await stores?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** Migrations of a test, beside those of the program. */
const inFiles = async (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { folder: pathToFileURL(`${folder}/`), tell };
};

/** The file in which a table lies: another one after it was written anew. */
const filesOf = async (): Promise<Readonly<Record<string, string>>> => {
  const { rows } = await owner.query(
    `SELECT relname AS name, pg_relation_filenode(oid) AS file FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  return Object.fromEntries(rows.map(({ name, file }) => [name, file]));
};

test('AU15 a database with a million rows goes forward without the limits of pool or database, and no table is written anew', async (t) => {
  const names = await migrationNames();
  const old = names.filter((name) => name < '0024');
  const postgres = await Postgres.create(database.databaseUrl, () => undefined, 1);
  for (const version of old) {
    await postgres.transaction((sql) => applyMigrations(sql, [version]));
    await history[version]?.(postgres);
  }
  await postgres.close();
  const began = performance.now();
  await owner.query('SET session_replication_role = replica'); // its keys lead to rows that are there
  await owner.query(
    `INSERT INTO attendance_events SELECT boot, i, briefing, 'u' || i / 91, 'u' || i / 91 || '.a', 'channel', 'in', at
     FROM attendance_events, generate_series(1, $1::int - 1) i`,
    [ROWS],
  );
  await owner.query('RESET session_replication_role');
  const made = performance.now();
  const before = await filesOf();
  const name = new URL(database.databaseUrl).pathname.slice(1);
  for (const limit of ['statement_timeout', 'idle_in_transaction_session_timeout'])
    await owner.query(`ALTER DATABASE ${name} SET ${limit} = '1ms'`);
  const applied = await migrate(database.databaseUrl, { tell });
  await owner.query(`ALTER DATABASE ${name} RESET ALL`);
  t.diagnostic(`rows in ${Math.round(made - began)} ms, migrated in ${Math.round(performance.now() - made)} ms`);
  const rest = names.filter((each) => each >= '0024');
  assert.deepEqual(applied, rest);
  for (const [i, each] of rest.entries()) {
    assert.ok(told.includes(`migration ${each} (${i + 1} of ${rest.length})`), told.join('\n'));
    assert.ok(told.some((line) => line.startsWith(`migration ${each}: done in `)));
  }
  const now = await filesOf();
  for (const [table, file] of Object.entries(before)) assert.equal(now[table], file, `${table} was written anew`);
  const { rows } = await owner.query('SELECT count(*)::int AS n FROM attendance_events');
  assert.deepEqual(rows, [{ n: ROWS }]);
});

const STEPS = `-- What a single statement would hold for as long as it writes a million rows.
-- step
ALTER TABLE big ADD COLUMN IF NOT EXISTS doubled int;
-- step repeated
UPDATE big SET doubled = id * 2 WHERE id IN (SELECT id FROM big WHERE doubled IS NULL ORDER BY id LIMIT 50000);
-- step alone
CREATE INDEX CONCURRENTLY IF NOT EXISTS big_doubled ON big (doubled);
-- step
ALTER TABLE big DROP CONSTRAINT IF EXISTS big_whole;
ALTER TABLE big ADD CONSTRAINT big_whole CHECK (doubled IS NOT NULL) NOT VALID;
-- step
ALTER TABLE big VALIDATE CONSTRAINT big_whole;
`;

test('AU15 what would write a big table anew goes in steps, each of its own, and goes on when it was interrupted', async () => {
  await owner.query('CREATE TABLE big (id int PRIMARY KEY)');
  await owner.query('INSERT INTO big SELECT generate_series(1, 400000)');
  // An earlier try got as far as its first rows.
  await owner.query('ALTER TABLE big ADD COLUMN doubled int');
  await owner.query('UPDATE big SET doubled = id * 2 WHERE id <= 100000');
  const [before] = (await owner.query(`SELECT count(DISTINCT xmin::text)::int AS n FROM big`)).rows;
  const files = await inFiles({ '9000-big.sql': STEPS });
  assert.deepEqual(await migrate(database.databaseUrl, files), ['9000-big.sql']);
  const [now] = (await owner.query(`SELECT count(DISTINCT xmin::text)::int AS n, min(doubled) AS least FROM big`)).rows;
  assert.deepEqual(
    [before, now],
    [{ n: 2 }, { n: 7, least: 2 }],
    'one transaction for each 50,000 rows that were left',
  );
  const { rows } = await owner.query(
    `SELECT indisvalid AND (SELECT convalidated FROM pg_constraint WHERE conname = 'big_whole') AS done FROM pg_index
     WHERE indexrelid = 'big_doubled'::regclass`,
  );
  assert.deepEqual(rows, [{ done: true }]);
  assert.deepEqual(await migrate(database.databaseUrl, files), []);
});

test('AU15 a table that is in use is asked for again, and whoever wants it meanwhile goes first', async () => {
  await owner.query('CREATE TABLE used (id int)');
  const reader = new Client({ connectionString: database.databaseUrl });
  await reader.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT FROM used');
  const files = await inFiles({ '9001-used.sql': 'ALTER TABLE used ADD COLUMN more int' });
  const migrated = migrate(database.databaseUrl, { ...files, lockTimeoutMs: 50 });
  try {
    const waits = 'migration 9001-used.sql: a table is in use; tried again in a moment';
    await until('it found the table in use', () => told.includes(waits));
    // Behind a migration that simply waited this would wait too.
    await owner.query('SELECT FROM used');
  } finally {
    await reader.query('COMMIT');
    await reader.end();
  }
  assert.deepEqual(await migrated, ['9001-used.sql']);
  await owner.query('SELECT more FROM used');
});

test('AU15 a migration that fails leaves those before it done, and the next start goes on there', async () => {
  const files = await inFiles({
    '9002-good.sql': 'CREATE TABLE good (id int)',
    '9003-bad.sql': 'CREATE TABLE good (id int)',
  });
  await assert.rejects(migrate(database.databaseUrl, files), { code: '42P07' });
  await inFiles({ '9003-bad.sql': 'CREATE TABLE mended (id int)' });
  assert.deepEqual(await migrate(database.databaseUrl, files), ['9003-bad.sql']);
});
