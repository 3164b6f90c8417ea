import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { losses } from '../../src/store/postgres/base/durability.ts';
import { requireDurable } from '../../src/store/postgres/base/openDatabase.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { administer } from '../support/administer.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let database: Awaited<ReturnType<typeof createDatabase>>;
let name: string;
before(async () => {
  stores = await openStores();
  database = await createDatabase(stores.databaseUrl);
  name = new URL(database.databaseUrl).pathname.slice(1);
});
afterEach(() => administer(database.databaseUrl, `ALTER DATABASE ${name} RESET ALL`));
after(async () => {
  await database?.close();
  await stores?.close();
});

/** A connection as the server has it, and what is found by it. Whether fsync is on is for the one who made the cluster. */
async function found(url = database.databaseUrl): Promise<string[]> {
  const postgres = await Postgres.create(url, () => undefined, 1);
  try {
    return (await losses(postgres)).filter((loss) => loss !== 'fsync is off');
  } finally {
    await postgres.close();
  }
}
const set = (setting: string) => administer(database.databaseUrl, `ALTER DATABASE ${name} SET ${setting}`);
const withOptions = (options: string) => {
  const url = new URL(database.databaseUrl);
  url.searchParams.set('options', options);
  return url.href;
};

test('SV10 a database or a role that does not wait for the disk is found, and the connection waits for it all the same', async () => {
  assert.deepEqual(await found(), []);
  await set('synchronous_commit = off');
  assert.deepEqual(await found(), ['synchronous_commit is switched off for its role or database']);
  const postgres = await Postgres.create(database.databaseUrl, () => undefined, 1);
  const [row] = await postgres.query<{ now: string }>(`SELECT current_setting('synchronous_commit') AS now`);
  await postgres.close();
  assert.equal(row?.now, 'on');
});

test('SV10 the isolation level of a database is not that of the connection', async () => {
  await set(`default_transaction_isolation = 'serializable'`);
  assert.deepEqual(await found(), []);
});

test('SV10 options in the address are heard, and the pins after them', async () => {
  assert.deepEqual(
    await found(withOptions('-c synchronous_commit=off -c default_transaction_isolation=serializable')),
    [],
  );
  const postgres = await Postgres.create(withOptions('-c work_mem=5MB -c DateStyle=German'), () => undefined, 1);
  const [row] = await postgres.query<{ memory: string; day: string }>(
    `SELECT current_setting('work_mem') AS memory, date '2026-09-02'::text AS day`,
  );
  await postgres.close();
  assert.deepEqual(row, { memory: '5MB', day: '2026-09-02' });
});

test('SV10 what would lose acknowledged answers refuses the start, with the place and without the password', () => {
  const url = 'postgresql://dh:hush@db.example:5433/briefings';
  requireDurable(url, []);
  assert.throws(() => requireDurable(url, ['fsync is off', 'full_page_writes is off']), {
    name: 'StartRefusal',
    message:
      'PostgreSQL at db.example:5433 would lose answers that were acknowledged, since fsync is off and full_page_writes is off: set it right there, then start again',
  });
});
