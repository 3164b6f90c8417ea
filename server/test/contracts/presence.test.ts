import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgPresence } from '../../src/store/postgres/presence/PgPresence.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let store: PgPresence;
let briefing: string;
const COUNT = 10_056;
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
  store = new PgPresence(postgres);
  const [row] = await postgres.query<{ id: string }>(
    `INSERT INTO briefings (title, state, stage, scope, scheduled_at, opened_at, expected)
     VALUES ('Test', 'open', 'vn', '{vn}', now(), now(), $1) RETURNING id`,
    [COUNT],
  );
  briefing = row?.id ?? '';
  await postgres.query('INSERT INTO units (code) SELECT i::text FROM generate_series(1, $1::int) i', [COUNT]);
  await postgres.query(
    `INSERT INTO briefing_expected (briefing, unit, path) SELECT $1, i::text, 'vn.' || i FROM generate_series(1, $2::int) i`,
    [briefing, COUNT],
  );
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});
const t = (second: number) => new Date(Date.UTC(2026, 8, 2, 7, 0, second));
const rows = (second: number, present: boolean, joined = true) =>
  Array.from({ length: COUNT }, (_, i) => ({
    unit: `${i + 1}`,
    firstSeen: t(second),
    lastSeen: t(second),
    present,
    joined,
  }));

test('PR7 nobody was seen yet, everybody is expected', async () => {
  const loaded = await store.load(briefing);
  assert.equal(loaded.expected.length, COUNT);
  assert.deepEqual([loaded.seen, loaded.aliveAt], [[], null]);
});

test('PR7 the whole country comes within one statement', async () => {
  await store.save(briefing, rows(10, true), t(11));
  const { seen, aliveAt } = await store.load(briefing);
  assert.deepEqual([seen.length, aliveAt], [COUNT, t(11)]);
  const [row] = await postgres.query<{ statements: number }>(
    'SELECT count(DISTINCT (xmin::text, cmin::text))::int AS statements FROM presence_seen WHERE briefing = $1',
    [briefing],
  );
  assert.equal(row?.statements, 1);
});

test('PR7 first seen stays, last seen grows, joined once is joined', async () => {
  await store.save(briefing, rows(20, false, false), t(21));
  await store.save(briefing, [], t(5));
  const { seen, aliveAt } = await store.load(briefing);
  assert.deepEqual(seen[0], { unit: seen[0]?.unit, firstSeen: t(10), lastSeen: t(20), present: false, joined: true });
  assert.deepEqual(aliveAt, t(21), 'a late writer does not turn the clock back');
});

test('PR12 of two nodes that write of a unit the one counts that saw it last, whichever is the later to write', async () => {
  const [first] = rows(0, true);
  assert.ok(first);
  const present = async () => (await store.load(briefing)).seen.find(({ unit }) => unit === first.unit)?.present;
  await store.save(briefing, [{ ...first, firstSeen: t(22), lastSeen: t(24), present: true }], t(24));
  await store.save(briefing, [{ ...first, firstSeen: t(22), lastSeen: t(23), present: false }], t(25));
  assert.equal(await present(), true, 'it went to the other, which knew so a second later');
  await store.save(briefing, [{ ...first, firstSeen: t(22), lastSeen: t(26), present: false }], t(26));
  await store.save(briefing, [{ ...first, firstSeen: t(22), lastSeen: t(24), present: true }], t(27));
  assert.equal(await present(), false);
});

test('PR7 a unit that nobody knows fails the whole batch', async () => {
  const stranger = { unit: 'x', firstSeen: t(30), lastSeen: t(30), present: true, joined: true };
  await assert.rejects(store.save(briefing, [...rows(30, true).slice(0, 5), stranger], t(31)));
  assert.ok((await store.load(briefing)).seen.every((row) => !row.present));
});
