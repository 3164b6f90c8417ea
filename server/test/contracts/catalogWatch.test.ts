import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { migrationNames } from '../../src/store/postgres/base/migrationFiles.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { acceptCatalog } from '../../src/store/postgres/record/catalog/acceptCatalog.ts';
import { CatalogWatch } from '../../src/store/postgres/record/catalog/CatalogWatch.ts';
import { sealCatalog } from '../../src/store/postgres/record/catalog/catalogSeals.ts';
import { SYSTEM, sealed } from '../../src/store/postgres/record/sealed.ts';
import { verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { administer } from '../support/administer.ts';
import { PostgresData, PostgresServer, postgresBins } from '../support/PostgresServer.ts';
import { openAsServer } from '../support/serverOf.ts';
import { makeOperator } from '../support/shared/ExternalPostgres.ts';
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
let postgres: Postgres;
let watch: CatalogWatch;
beforeEach(async () => {
  const database = await createDatabase(stores.databaseUrl);
  url = database.databaseUrl;
  postgres = await openAsServer(url, 2);
  watch = new CatalogWatch(postgres, version);
  close = () => postgres.close().then(() => database.close());
});

const deed = 'ALTER TABLE round_entries DISABLE TRIGGER record_stays';
const undo = 'ALTER TABLE round_entries ENABLE TRIGGER record_stays';
const named = /table public\.round_entries, trigger record_stays: .* disabled/;
const wordsOf = async () => {
  const found = await watch.look();
  return found.state === 'differs' ? found.words.join('\n') : found.state;
};
const rows = () =>
  postgres
    .query<{ act: string; why: string }>('SELECT act, why FROM catalog_seals ORDER BY seal')
    .then((all) => all.map(({ act, why }) => `${act}: ${why}`));
const problems = async () => {
  const snapshot = await Snapshot.create(url);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  return problems.map(({ text }) => text).join('\n');
};

test('AU31 what is found once is on record once, stays told when it was undone, and until somebody accepts it', async () => {
  assert.equal(await wordsOf(), 'same');
  const before = await rows();
  await administer(url, deed);
  assert.match(await wordsOf(), named);
  assert.match(await wordsOf(), named);
  assert.deepEqual((await rows()).slice(before.length), ['differed: found']);
  await administer(url, undo);
  assert.match(await wordsOf(), /^at 2\d{3}-.* it was found so: table public\.round_entries, trigger/);
  assert.match(await problems(), /the database was found to differ, and nobody has accepted that/);
  assert.match((await acceptCatalog(postgres, 'tried a restore')).join('\n'), named);
  assert.equal(await wordsOf(), 'same');
  assert.equal(await problems(), '');
  assert.deepEqual((await rows()).slice(before.length), ['differed: found', 'accepted: tried a restore']);
  assert.deepEqual(await acceptCatalog(postgres, 'again'), [], 'nothing to accept');
});

test('AU30 a start that brings tables or rights up to date makes nothing good that somebody had changed before it', async () => {
  await administer(url, deed);
  await migrate(url);
  assert.match(await wordsOf(), named);
  const [me] = await postgres.query<{ role: string }>('SELECT current_user::text AS role');
  await administer(url, `GRANT DELETE ON seals TO ${me?.role}; GRANT UPDATE ON accounts TO PUBLIC`);
  await migrate(url, { server: me?.role });
  const words = await wordsOf();
  for (const told of [named, /public\.accounts, rights of everybody/]) assert.match(words, told);
  assert.match(await problems(), /public\.accounts, rights of everybody/);
});

test('AU31 months of figures that come and go are no change, and neither are rows', async () => {
  await postgres.query(
    `SELECT figure_month(m) FROM generate_series('2024-01-15'::timestamptz, '2025-06-15', '1 month') m`,
  );
  await postgres.query(`INSERT INTO units (code) VALUES ('vn')`);
  assert.equal(await wordsOf(), 'same');
  await administer(
    url,
    'ALTER TABLE observations DETACH PARTITION observations_2024_03; DROP TABLE observations_2024_03',
  );
  assert.equal(await wordsOf(), 'same');
});

test('AU31 a row of catalog_seals that was altered is not what the database is held against', async () => {
  await administer(
    url,
    `ALTER TABLE catalog_seals DISABLE TRIGGER record_stays; UPDATE catalog_seals SET parts = jsonb_set(parts,
    '{schema,table public.catalog_seals\\, trigger record_stays}', '"x"'); ALTER TABLE catalog_seals ENABLE TRIGGER record_stays`,
  );
  assert.match(await wordsOf(), /catalog_seals: the row under seal \d+ of system is not the one that was sealed/);
});

test('AU31 while the tables are being migrated nothing is compared; for ten minutes, then that is told', async () => {
  let now = 0;
  const patient = new CatalogWatch(postgres, version, () => now);
  const owner = await Postgres.create(url, () => undefined, 1);
  await owner.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock(7310501)');
    assert.equal(await wordsOf(), 'unknown');
    assert.equal((await patient.look()).state, 'unknown');
    now = 600_001;
    assert.equal((await patient.look()).state, 'differs');
  });
  await owner.close();
  assert.equal(await wordsOf(), 'same');
});

test('AU33 a path of the database, of its role, or in its address, leads no name of this program to another schema', async () => {
  const name = new URL(url).pathname.slice(1);
  await administer(
    url,
    `CREATE SCHEMA other; CREATE FUNCTION other.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT '2001-01-01'::timestamptz $$;
    CREATE TABLE other.accounts (id int); GRANT USAGE ON SCHEMA other TO PUBLIC; ALTER DATABASE ${name} SET search_path = other, pg_catalog, public`,
  );
  const again = await openAsServer(url, 1);
  const [row] = await again
    .query<{ at: Date; name: string }>(
      "SELECT clock_timestamp() AS at, to_regclass('accounts')::oid::regclass::text AS name",
    )
    .finally(() => again.close());
  assert.ok((row?.at.getTime() ?? 0) > Date.UTC(2026, 0));
  assert.equal(row?.name, 'accounts');
});

test('AU33 a policy makes a question of the server fail, where it would hide rows from it', async (t) => {
  const [me] = await postgres.query<{ owns: boolean }>(
    `SELECT pg_has_role(current_user, relowner, 'MEMBER') AS owns FROM pg_class WHERE relname = 'seals'`,
  );
  if (me?.owns) return t.skip('SKIPPED: the tests were given one role');
  await administer(
    url,
    'ALTER TABLE round_entries ENABLE ROW LEVEL SECURITY; CREATE POLICY hidden ON round_entries USING (false)',
  );
  await assert.rejects(
    postgres.query('SELECT * FROM round_entries'),
    /row-level security policy for table "round_entries"/,
  );
});

test('AU34 accounts and units that no sealed act made so are accepted by name, and only by somebody', async () => {
  await administer(
    url,
    `INSERT INTO units (code) VALUES ('vn'); INSERT INTO tiers VALUES ('n', 0, 'N', 'N');
    INSERT INTO unit_versions (code, path, tier, name, valid_from) VALUES ('vn', 'vn', 'n', 'Việt Nam', '2020-01-01');
    INSERT INTO accounts (name, role, unit) VALUES ('Ai đó', 'seat', 'vn')`,
  );
  assert.match(
    await problems(),
    /accounts \(account .*\): no sealed act made it.*unit_versions, units \(unit vn\): no sealed act made it/s,
  );
  await migrate(url);
  assert.match(await problems(), /no sealed act made it/, 'a start makes nothing good');
  assert.equal((await acceptCatalog(postgres, 'by hand, with the consent of the office')).length, 2);
  assert.equal(await problems(), '');
  await administer(url, `DELETE FROM accounts`);
  assert.match(await problems(), /accounts \(account .*\): it is gone/);
  assert.equal((await acceptCatalog(postgres, 'withdrawn')).length, 1);
  assert.equal(await problems(), '');
});

test('AU30 the fingerprint is the same on each PostgreSQL of this machine, whatever its roles are called and whichever there are', async (t) => {
  const fingerprint = async (address: string, role: string | undefined) => {
    await migrate(address, { server: role });
    const owner = await Postgres.create(address, () => undefined, 1);
    const [row] = await owner
      .query<{ fingerprint: string; version: string }>(
        `SELECT fingerprint, current_setting('server_version') AS version FROM catalog_seals ORDER BY seal DESC LIMIT 1`,
      )
      .finally(() => owner.close());
    t.diagnostic(`PostgreSQL ${row?.version}: ${row?.fingerprint}`);
    return row?.fingerprint;
  };
  const [me] = await postgres.query<{ role: string; owner: string }>(
    `SELECT current_user::text AS role, tableowner::text AS owner FROM pg_tables WHERE tablename = 'seals'`,
  );
  const found = me?.role === me?.owner ? [] : [await fingerprint(url, me?.role)];
  for (const bin of postgresBins()) {
    const server = await PostgresServer.start(PostgresData.create(bin), ['datestyle=SQL, DMY', 'bytea_output=escape']);
    try {
      await makeOperator(server);
      const address = `postgresql://operator:${server.data.password}@127.0.0.1:${server.port}/operator`;
      found.push(await fingerprint(address, 'operator_server'));
    } finally {
      await server.close();
    }
  }
  assert.deepEqual([...new Set(found)].length, 1, found.join(' '));
});

test('AU30 whoever seals as good what he has changed, by a row that is in order, is found out by the row before it', async () => {
  await administer(url, deed);
  for (const why of ['migration', 'rights', 'restore']) {
    await postgres.transaction((sql) => sealCatalog(sql, { act: 'sealed', why }));
    assert.match(
      await problems(),
      /sealed as good.*table public.round_entries, trigger record_stays was sealed otherwise/,
    );
  }
});

test('AU30 a row of catalog_seals that this version would not write is no excuse', async () => {
  await postgres.transaction((sql) =>
    sealed(sql, SYSTEM, (batch) =>
      batch.insert('catalog_seals', [
        {
          ...{ at: batch.at, act: 'sealed', why: 'migration', version: '9999-later.sql', format: 9 },
          ...{ owner_role: 'x', server_role: 'x', parts: {}, unsealed: {} },
        },
      ]),
    ),
  );
  await administer(url, deed);
  assert.match(await problems(), /its newest row is of 9999-later\.sql, format 9/);
  assert.match(await wordsOf(), /no row of catalog_seals says how/);
});
