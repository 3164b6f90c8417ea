import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { applyMigrations, migrate } from '../../src/store/postgres/base/migrate.ts';
import { migrationNames } from '../../src/store/postgres/base/migrationFiles.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { history } from '../support/official/history.ts';
import { schemaOf } from '../support/schemaOf.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

const names = await migrationNames();
let stores: TestStores;
let newest: readonly string[];
/** AU30: of a database that was made by this version. */
let fingerprint: string;
/** Grows by a version, with its rows, from test to test; each goes on in a copy, so that none begins at the first. */
let growing: Awaited<ReturnType<typeof createDatabase>>;
const opened: { close(): Promise<void> }[] = [];
before(async () => {
  stores = await openStores();
  const { url, postgres } = await openDatabase();
  assert.deepEqual(await migrate(url), names);
  newest = await schemaOf(postgres);
  fingerprint = await fingerprintIn(postgres);
  await closeAll();
  growing = await createDatabase(stores.databaseUrl);
});
const closeAll = async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
};
afterEach(closeAll);
after(async () => {
  await growing?.close();
  await stores?.close();
});

/** @param template of which it is a copy */
async function openDatabase(template?: string) {
  const database = await createDatabase(stores.databaseUrl, template);
  opened.push(database);
  const postgres = await Postgres.create(database.databaseUrl, () => undefined, 2);
  opened.push(postgres);
  return { url: database.databaseUrl, postgres };
}

/** As it was sealed last. */
async function fingerprintIn(postgres: Postgres): Promise<string> {
  const [row] = await postgres.query<{ fingerprint: string }>(
    `SELECT fingerprint FROM catalog_seals WHERE chain = 'system' ORDER BY seal DESC LIMIT 1`,
  );
  assert.ok(row);
  return row.fingerprint;
}

/** @returns the name of a database of that version, with rows of it and of each before it */
async function grow(version: string): Promise<string> {
  const postgres = await Postgres.create(growing.databaseUrl, () => undefined, 2);
  try {
    assert.deepEqual(await postgres.transaction((sql) => applyMigrations(sql, [version])), [version]);
    await history[version]?.(postgres);
  } finally {
    await postgres.close();
  }
  return new URL(growing.databaseUrl).pathname.slice(1);
}

/** Table -> its columns, as they stand in a SELECT. */
async function columnsOf(postgres: Postgres): Promise<ReadonlyMap<string, string>> {
  const rows = await postgres.query<{ table: string; columns: string }>(
    `SELECT table_name AS table, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations' GROUP BY 1`,
  );
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

/** Table -> its rows, in these columns alone. */
async function rowsOf(postgres: Postgres, columns: ReadonlyMap<string, string>): Promise<Record<string, unknown>> {
  const found: Record<string, unknown[]> = {};
  for (const table of columns.keys()) found[table] = [];
  const each = [...columns].map(
    ([table, list]) => `SELECT '${table}' AS table, to_jsonb(r) AS row FROM (SELECT ${list} FROM ${table}) r`,
  );
  const rows = await postgres.query<{ table: string; row: unknown }>(`${each.join(' UNION ALL ')} ORDER BY 1, 2`);
  for (const { table, row } of rows) found[table]?.push({ row });
  return found;
}

/** AU30, AU34: a migration is an act on the chain `system`, and the first seals who everybody is on the chain `people`. */
function withoutSealing(rows: Record<string, unknown>): Record<string, unknown> {
  const isOther = ({ row }: { row: { id?: string; chain?: string } }) =>
    !['system', 'people'].includes(row.chain ?? row.id ?? '');
  const tables = ['chains', 'seals', 'catalog_seals', 'people_states', 'round_closings'].filter((table) => rows[table]);
  return {
    ...rows,
    ...Object.fromEntries(
      tables.map((table) => [table, (rows[table] as Parameters<typeof isOther>[0][]).filter(isOther)]),
    ),
  };
}

const problemsOf = async (url: string) => {
  const snapshot = await Snapshot.create(url);
  return (await verifyDatabase(snapshot).finally(() => snapshot.close())).problems;
};

for (const [i, name] of names.entries())
  test(`AU8 a database of version ${name}, with rows, goes forward to the newest and keeps them`, async () => {
    const { url, postgres } = await openDatabase(await grow(name));
    const columns = await columnsOf(postgres);
    const before = await rowsOf(postgres, columns);
    assert.deepEqual(await migrate(url), names.slice(i + 1));
    assert.deepEqual(await migrate(url), []);
    assert.deepEqual(withoutSealing(await rowsOf(postgres, columns)), withoutSealing(before));
    assert.deepEqual(await schemaOf(postgres), newest);
    assert.equal(await fingerprintIn(postgres), fingerprint, 'AU30');
    assert.deepEqual(await problemsOf(url), []);
    await schedule(postgres);
    assert.deepEqual(await problemsOf(url), []);
  });

test('AU8 each version has rows that go with it, or none of its own to write', () => {
  for (const version of Object.keys(history)) assert.ok(names.includes(version), version);
});

test('AU8 two nodes that start at once migrate once', async () => {
  const { url } = await openDatabase();
  const applied = await Promise.all([migrate(url), migrate(url)]);
  assert.deepEqual(applied.flat(), names);
});

test('AU8 a database of a newer version is left alone', async () => {
  const { url, postgres } = await openDatabase();
  await migrate(url);
  await postgres.query(`INSERT INTO migrations (name) VALUES ('9999-later.sql')`);
  await assert.rejects(migrate(url), /newer than this program: it has 9999-later\.sql/);
  await assert.rejects(problemsOf(url), /newer than this program: it has 9999-later\.sql/);
});

/** A new official act on top of the old ones. */
async function schedule(postgres: Postgres): Promise<void> {
  await postgres.query(`INSERT INTO units (code) VALUES ('test') ON CONFLICT DO NOTHING`);
  const { id } = await new PgAccounts(postgres).create({ name: 'Mới', role: 'principal', unit: 'test' });
  const when = { scheduledAt: '2026-09-03T01:00:00.000Z', expected: 1 };
  await new PgBriefings(postgres).create({ title: 'Sau', stage: 'test', scope: ['test'], createdBy: id, ...when });
}
