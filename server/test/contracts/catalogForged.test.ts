import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { migrationNames } from '../../src/store/postgres/base/migrationFiles.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { CatalogWatch } from '../../src/store/postgres/record/catalog/CatalogWatch.ts';
import { sealCatalog } from '../../src/store/postgres/record/catalog/catalogSeals.ts';
import { SYSTEM, sealed } from '../../src/store/postgres/record/sealed.ts';
import { verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { administer } from '../support/administer.ts';
import { openAsServer } from '../support/serverOf.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

const version = (await migrationNames()).at(-1) ?? '';
let stores: TestStores;
before(async () => {
  stores = await openStores();
});
after(() => stores?.close());

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());
let url: string;
/** Whoever owns the database, and appends rows to its record that are in order: SQL alone. */
let owner: Postgres;
let server: Postgres;
let watch: CatalogWatch;
beforeEach(async () => {
  const database = await createDatabase(stores.databaseUrl);
  url = database.databaseUrl;
  server = await openAsServer(url, 2);
  owner = await Postgres.create(url, () => undefined, 1);
  watch = new CatalogWatch(server, version);
  close = async () => {
    await Promise.all([server.close(), owner.close()]);
    await database.close();
  };
});

const deed = `CREATE OR REPLACE VIEW round_asked AS SELECT round, unit, path FROM round_units WHERE unit <> '10001'`;
const named = /view public\.round_asked, rule "_RETURN"/;
const wordsOf = async (by = watch) => {
  const found = await by.look();
  return found.state === 'differs' ? found.words.join('\n') : found.state;
};
const verified = async () => {
  const snapshot = await Snapshot.create(url);
  return verifyDatabase(snapshot).finally(() => snapshot.close());
};
const problems = async () => (await verified()).problems.map(({ text }) => text).join('\n');
const isSuperuser = async () =>
  (await owner.query<{ is: boolean }>(`SELECT rolsuper AS is FROM pg_roles WHERE rolname = current_user`))[0]?.is;
const append = (row: Readonly<Record<string, unknown>>) =>
  owner.transaction((sql) => sealed(sql, SYSTEM, (batch) => batch.insert('catalog_seals', [{ ...row, at: batch.at }])));
const reseal = (why: string) => owner.transaction((sql) => sealCatalog(sql, { act: 'sealed', why }));
const otherwise = (of: { readonly version?: string; readonly format?: number }) =>
  append({
    ...{ act: 'sealed', why: 'migration', version, format: 1, owner_role: 'x', server_role: 'x' },
    ...{ parts: {}, unsealed: {}, ...of },
  });

for (const [what, of] of [
  ['another version', { version: '0001-first.sql' }],
  ['a later version', { version: '9999-later.sql' }],
  ['another format', { format: 2 }],
] as const)
  test(`AU30 a row of ${what} between two hides nothing that was changed: versions and formats never go back`, async () => {
    await administer(url, deed);
    await otherwise(of);
    await reseal('migration');
    assert.match(await problems(), /catalog_seals: the row under seal \d+ is of .*: neither goes back/);
  });

test('AU30 a row that says it is of a restore, without one, makes nothing good', async () => {
  const name = new URL(url).pathname.slice(1);
  await administer(url, `ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
  assert.match(await problems(), /settings of all roles in this database/);
  await reseal('restore');
  assert.match(await problems(), /sealed as good.*settings of all roles in this database/);
});

test('AU31 a running node takes no newer row for good that nobody was to write', async () => {
  assert.equal(await wordsOf(), 'same');
  await administer(url, deed);
  await reseal('migration');
  assert.match(await wordsOf(), named);
  assert.match(await wordsOf(new CatalogWatch(server, version)), named, 'nor does one that starts');
});

test('AU31 who accepts by a row of his own tells less than he changed: verification names the rest', async () => {
  await administer(url, deed);
  await owner.transaction((sql) => sealCatalog(sql, { act: 'accepted', why: 'tidied up', differences: ['an index'] }));
  const { accepted, problems: found } = await verified();
  assert.match(
    [...accepted.flatMap(({ differences }) => differences), ...found.map(({ text }) => text)].join('\n'),
    named,
  );
});

test('AU30 a table that inherits is named wherever it lies', async (t) => {
  if (!(await isSuperuser())) return t.skip('SKIPPED: the tests were given a role that may not');
  await administer(
    url,
    `SET allow_system_table_mods = on; CREATE SCHEMA pg_toast_other; CREATE TABLE pg_toast_other.more () INHERITS (public.round_entries)`,
  );
  assert.match(await problems(), /table public\.round_entries: it is "inherited by pg_toast_other\.more"/);
});

// Before PostgreSQL 16 no other role may.
test('AU31 a subscription that writes past the guards is named', async (t) => {
  if (!(await isSuperuser())) return t.skip('SKIPPED: the tests were given a role that may not');
  await administer(
    url,
    `CREATE SUBSCRIPTION elsewhere CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE)`,
  );
  const found = await problems();
  // A database that has one cannot be dropped.
  await administer(url, 'DROP SUBSCRIPTION elsewhere');
  assert.match(found, /subscription elsewhere: it was not there/);
});

test('AU30 what PostgreSQL is made to overlook in its own catalog is named', async (t) => {
  if (!(await isSuperuser())) return t.skip('SKIPPED: the tests were given a role that may not');
  await administer(
    url,
    `UPDATE pg_class SET relhastriggers = false WHERE relname = 'round_entries'; UPDATE pg_class SET relhassubclass = false WHERE relname = 'observations';
    UPDATE pg_index SET indisready = false WHERE indexrelid = 'briefing_acts_seal'::regclass`,
  );
  const found = await problems();
  for (const told of [
    /table public\.round_entries: it is "without its triggers"/,
    /table public\.observations: it is "without its parts/,
    /index briefing_acts_seal: it is ".*not valid/,
  ])
    assert.match(found, told);
});
