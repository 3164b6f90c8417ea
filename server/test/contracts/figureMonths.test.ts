import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { applyMigrations, migrate } from '../../src/store/postgres/base/migrate.ts';
import { migrationNames, readMigration } from '../../src/store/postgres/base/migrationFiles.ts';
import { Postgres, SESSION } from '../../src/store/postgres/base/Postgres.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

const CUT = '0090-observation-months.sql';
let stores: TestStores;
let database: Awaited<ReturnType<typeof createDatabase>>;
let owner: Client;
before(async () => {
  stores = await openStores();
  database = await createDatabase(stores.databaseUrl);
  const postgres = await Postgres.create(database.databaseUrl, () => undefined, 1);
  for (const version of (await migrationNames()).filter((name) => name < CUT))
    await postgres.transaction((sql) => applyMigrations(sql, [version]));
  await postgres.close();
  owner = new Client({ connectionString: database.databaseUrl, options: SESSION });
  await owner.connect();
});
after(async () => {
  await owner?.end();
  await database?.close();
  await stores?.close();
});

/** A batch of a version before: so many units, in each of some months. */
const record = (batch: number, units: number, months: readonly string[]) =>
  owner.query(
    `INSERT INTO observations (batch, source, indicator, period, revision, status, held, unit, value)
     SELECT $1::bigint, 'moh', 'beds', (m || '-01T00:00:00+07:00')::timestamptz, $1::bigint, 'A', i % 7 = 0, 'u' || i, i
     FROM unnest($3::text[]) m, generate_series(1, $2::int) i`,
    [batch, units, months],
  );
const rows = async (table = 'observations'): Promise<readonly unknown[]> =>
  (await owner.query(`SELECT to_jsonb(o) AS row FROM ${table} o ORDER BY batch, period, unit`)).rows;

test('FG53 rows of a version before are copied while it goes on recording, none twice and none left, also after a stop', async () => {
  await record(1, 3, ['1950-02', '2026-01', '2026-02']);
  for (const batch of [2, 3, 5]) await record(batch, 40_000, ['2026-02']);
  const [begin, some, end] = (await readMigration(CUT)).map(({ text }) => text);
  assert.ok(begin && some && end);
  await owner.query(begin);
  const copied = [(await owner.query(some)).rowCount, (await owner.query(some)).rowCount];
  assert.deepEqual(copied, [80_009, 40_000], 'whole batches, so many rows or somewhat more');
  await record(6, 10, ['2026-03']);
  // Whatever stopped it, it begins with its first step again.
  await owner.query(begin);
  await record(7, 5, ['2026-01']);
  const before = await rows();
  const told: string[] = [];
  await migrate(database.databaseUrl, { tell: (line) => told.push(line) });
  assert.ok(told.some((line) => line.startsWith(`migration ${CUT}: done in`)));
  assert.deepEqual(await rows(), before);
  const { rows: parts } = await owner.query(
    `SELECT tableoid::regclass::text AS part, count(*)::int AS rows FROM observations GROUP BY 1 ORDER BY 1`,
  );
  assert.deepEqual(parts, [
    { part: 'observations_1950_02', rows: 3 },
    { part: 'observations_2026_01', rows: 8 },
    { part: 'observations_2026_02', rows: 120_003 },
    { part: 'observations_2026_03', rows: 10 },
  ]);
  const left = await owner.query(`SELECT to_regclass('observations_cut') AS cut, to_regproc('figures_cut') AS how`);
  assert.deepEqual(left.rows, [{ cut: null, how: null }]);
  for (const statement of [
    'DELETE FROM observations',
    'TRUNCATE observations',
    'UPDATE observations_2026_03 SET value = 1',
  ])
    await assert.rejects(owner.query(statement), /are a record/);
});

test('FG53 this month and the next have their tables before anything is said of them', async () => {
  const { rows: there } = await owner.query(
    `SELECT to_regclass('observations_' || to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '7 hours' + m * interval '1 month',
       'YYYY_MM')) IS NOT NULL AS it FROM generate_series(0, 1) m`,
  );
  assert.deepEqual(there, [{ it: true }, { it: true }]);
});
