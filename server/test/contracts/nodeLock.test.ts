import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NodeLock, type NodeLockOptions } from '../../src/store/postgres/base/NodeLock.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { Successor } from '../support/Successor.ts';
import { openAsServer, serverOf } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let postgres: Postgres;
let outage: Successor;
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
  outage = await Successor.create(serverOf(stores.databaseUrl));
});
after(async () => {
  await outage?.close();
  await postgres?.close();
  await stores?.close();
});

async function lockOf(node: string, more: Partial<NodeLockOptions> = {}) {
  const heard: string[] = [];
  const lock = await NodeLock.create(serverOf(stores.databaseUrl), {
    node,
    shared: false,
    patienceMs: 0,
    lost: () => void heard.push('lost'),
    regained: () => void heard.push('regained'),
    ...more,
  });
  return { lock, heard };
}

test('SV8 a second node on the same database is refused with the name of the first, and let in when that has ended', async () => {
  const { lock: one } = await lockOf('one');
  const refused = { name: 'StartRefusal', message: /^another node serves this database \(node one.*DATABASE_URL$/ };
  await assert.rejects(lockOf('two'), refused);
  await assert.rejects(lockOf('two', { shared: true }), refused);
  await one.close();
  const { lock: two } = await lockOf('two', { patienceMs: 30_000 });
  await two.close();
});

test('SV8 nodes that ask for it serve beside each other, and beside no other', async () => {
  const patienceMs = 30_000;
  const { lock: one } = await lockOf('one', { shared: true, patienceMs });
  const { lock: two } = await lockOf('two', { shared: true });
  await assert.rejects(lockOf('three'), /another node serves this database \(node (one|two)/);
  await one.close();
  await two.close();
});

test('SV8 a holder that is ending is waited for', async () => {
  const successor = await Successor.create(serverOf(stores.databaseUrl));
  await (await successor.asks()).has;
  const waiting = lockOf('two', { patienceMs: 30_000 });
  await successor.close();
  await (await waiting).lock.close();
});

test('SV9 a node whose connection of the lock broke has it again, when nobody else had it meanwhile', async () => {
  const { lock, heard } = await lockOf('one', { patienceMs: 30_000 });
  await lock.claim(postgres);
  await outage.endHolder();
  await until('it is regained', () => heard.length === 2);
  assert.deepEqual(heard, ['lost', 'regained']);
  await assert.rejects(lockOf('two'), /another node serves this database \(node one/);
  await lock.close();
});

test('SV9 a node ends when another took the lock while its own connection was broken', async () => {
  const { lock, heard } = await lockOf('one', { patienceMs: 30_000 });
  await lock.claim(postgres);
  const successor = await Successor.create(serverOf(stores.databaseUrl));
  const { has } = await successor.asks();
  await successor.endHolder();
  await has;
  assert.match((await lock.over).message, /^another node serves this database \(successor/);
  assert.deepEqual(heard, ['lost']);
  await lock.close();
  await successor.close();
});

test('SV9 it ends too when that other one is gone again', async () => {
  const { lock, heard } = await lockOf('one', { patienceMs: 30_000 });
  await lock.claim(postgres);
  await postgres.query(`UPDATE node_tenure SET number = number + 1, node = 'two'`);
  await outage.endHolder();
  assert.match((await lock.over).message, /^another node serves this database \(node two, for a while\)/);
  assert.deepEqual(heard, ['lost']);
  await lock.close();
});

test('SV9 while it does not know, nothing is asked, and what runs is not committed', async () => {
  const gated = await Postgres.create(stores.databaseUrl, () => undefined, 2);
  await gated.query('CREATE TABLE gated (n int)');
  const away = { reason: 'store-unavailable', message: 'who knows' };
  const running = gated.transaction(async (sql) => {
    await sql.query('INSERT INTO gated VALUES (1)');
    gated.shut('who knows');
  });
  await assert.rejects(running, away);
  await assert.rejects(gated.query('SELECT 1'), away);
  await assert.rejects(
    gated.transaction(async () => undefined),
    away,
  );
  gated.open();
  assert.deepEqual(await gated.query('SELECT n FROM gated'), []);
  await gated.close();
});
