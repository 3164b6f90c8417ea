import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { StartRefusal } from '../../src/lib/StartRefusal.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { openDatabase } from '../../src/store/postgres/base/openDatabase.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { powersOverRecord } from '../../src/store/postgres/base/serverRights.ts';
import { officialTables } from '../../src/store/postgres/record/officialTables.ts';
import { verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { administer } from '../support/administer.ts';
import { areas } from '../support/official/areas.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { serverOf } from '../support/serverOf.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
/** As the server is connected, by somebody who got hold of that connection. */
let server: Client;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  for (const area of areas) await area(world);
  server = new Client({ connectionString: serverOf(stores.databaseUrl) });
  await server.connect();
});
after(async () => {
  await server?.end();
  await world?.close();
  await stores?.close();
});

const oneRole = () => serverOf(stores.databaseUrl) === stores.databaseUrl && 'SKIPPED: the tests were given one role';
const official = officialTables.map(({ table }) => table);
/** Rows for which an official one vouches; those of a briefing that runs are still counted up. */
const vouched = officialTables
  .flatMap(({ covers = [] }) => covers.map(({ table }) => table))
  .filter((table) => table !== 'attendance_quality');

const refused = async (statement: string) => {
  await server.query('BEGIN');
  const refusal = await server.query(statement).then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
  await server.query('ROLLBACK');
  assert.equal(refusal, '42501', statement);
};

test('AU14 the role of the server appends to every table of the record, and changes none', async (t) => {
  if (oneRole()) return t.skip(oneRole() || '');
  for (const table of [...official, ...vouched, 'seals', 'unsealed_rows', 'installation', 'migrations']) {
    const { rows } = await server.query('SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass', [
      table,
    ]);
    const [{ name }] = rows.filter((row) => !['tableoid', 'cmax', 'xmax', 'cmin', 'xmin', 'ctid'].includes(row.name));
    for (const statement of [
      `UPDATE ${table} SET "${name}" = "${name}"`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `TRUNCATE ${table} CASCADE`,
      `SELECT * FROM ${table} FOR UPDATE`,
      `MERGE INTO ${table} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `ALTER TABLE ${table} ADD COLUMN more text`,
      `ALTER TABLE ${table} OWNER TO CURRENT_USER`,
      `ALTER TABLE ${table} RENAME TO other`,
      `DROP TABLE ${table} CASCADE`,
      `CREATE RULE hidden AS ON DELETE TO ${table} DO INSTEAD NOTHING`,
      `CREATE TRIGGER mine BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION record_stays()`,
      `CREATE POLICY mine ON ${table}`,
      `REINDEX TABLE ${table}`,
    ])
      await refused(statement);
    if (table === 'migrations') continue;
    await refused(`DROP TRIGGER record_stays ON ${table}`);
    await refused(`DROP TRIGGER record_stays_whole ON ${table}`);
    const { rows: may } = await server.query(`SELECT has_table_privilege($1, 'INSERT') AS it`, [table]);
    assert.deepEqual(may, [{ it: true }], table);
  }
});

test('AU14 it has no way round: no triggers off, no other role, nothing of its own in the schema', async (t) => {
  if (oneRole()) return t.skip(oneRole() || '');
  const { rows } = await world.postgres
    .query<{ owner: string }>(`SELECT tableowner::text AS owner FROM pg_tables WHERE tablename = 'seals'`)
    .then((found) => ({ rows: found }));
  for (const statement of [
    'SET session_replication_role = replica',
    `SET ROLE ${rows[0]?.owner}`,
    `SET SESSION AUTHORIZATION ${rows[0]?.owner}`,
    `GRANT ${rows[0]?.owner} TO CURRENT_USER`,
    'CREATE ROLE other',
    'DROP SCHEMA public CASCADE',
    'CREATE TABLE public.seals2 (one int)',
    `CREATE OR REPLACE FUNCTION public.record_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    'DROP FUNCTION record_stays() CASCADE',
    'DELETE FROM chains',
    `COPY seals TO PROGRAM 'true'`,
    'CREATE EXTENSION dblink',
    `ALTER DATABASE ${server.database} SET session_replication_role = replica`,
  ])
    await refused(statement);
  assert.deepEqual(await powersOverRecord(world.postgres), []);
});

test('AU14 everything that the server does with the record it does with these rights alone', async () => {
  const snapshot = await Snapshot.create(serverOf(stores.databaseUrl));
  assert.deepEqual((await verifyDatabase(snapshot).finally(() => snapshot.close())).problems, []);
});

test('AU14 a role that could change the record is told of, whatever it has too much', async (t) => {
  if (oneRole()) return t.skip(oneRole() || '');
  const owner = await Postgres.create(stores.databaseUrl, () => undefined, 1);
  assert.match((await powersOverRecord(owner).finally(() => owner.close())).join('; '), /superuser|owner of, .*seals/);
  const role = server.user;
  for (const [more, less, told] of [
    [
      `GRANT UPDATE ON round_entries TO ${role}`,
      `REVOKE UPDATE ON round_entries FROM ${role}`,
      /may UPDATE round_entries/,
    ],
    [`GRANT UPDATE (note) ON round_entries TO ${role}`, `REVOKE UPDATE (note) ON round_entries FROM ${role}`, /UPDATE/],
    [`GRANT TRUNCATE ON seals TO ${role}`, `REVOKE TRUNCATE ON seals FROM ${role}`, /may TRUNCATE seals/],
    [`GRANT CREATE ON SCHEMA public TO ${role}`, `REVOKE CREATE ON SCHEMA public FROM ${role}`, /the schema/],
  ] as const) {
    await administer(stores.databaseUrl, more);
    assert.match((await powersOverRecord(world.postgres)).join('; '), told);
    await administer(stores.databaseUrl, less);
  }
  assert.deepEqual(await powersOverRecord(world.postgres), []);
});

test('AU14 what a version before left, with one role for everything, gets its two roles with the next start', async (t) => {
  if (oneRole()) return t.skip(oneRole() || '');
  const database = await createDatabase(stores.databaseUrl);
  const urls = { databaseUrl: serverOf(database.databaseUrl), ownerUrl: database.databaseUrl };
  const opened = { idleError: () => undefined, mayLose: true, size: 1 };
  await migrate(urls.ownerUrl);
  const client = new Client({ connectionString: urls.databaseUrl });
  t.after(() => client.end().then(() => database.close()));
  await client.connect();
  await assert.rejects(client.query('SELECT * FROM seals'), { code: '42501' });
  const alone = { databaseUrl: urls.databaseUrl };
  await assert.rejects(
    openDatabase(alone, opened),
    (error) => error instanceof StartRefusal && /DATABASE_OWNER_URL/.test(error.message),
  );
  // The second time by itself: the server needs to know no other role.
  for (const given of [urls, alone]) {
    const { postgres, applied } = await openDatabase(given, opened);
    assert.deepEqual([applied, await powersOverRecord(postgres).finally(() => postgres.close())], [[], []]);
  }
  await client.query('SELECT * FROM seals');
});
