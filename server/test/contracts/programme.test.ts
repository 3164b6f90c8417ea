import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, chooseItem } from '../../src/domain/programme/choose.ts';
import type { Layout } from '../../src/protocol/programme.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgProgramme } from '../../src/store/postgres/programme/PgProgramme.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let store: PgProgramme;
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
  store = new PgProgramme(postgres);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

async function liveBriefing(): Promise<string> {
  const [row] = await postgres.query<{ id: string }>(
    `INSERT INTO briefings (title, state, stage, scope, scheduled_at, opened_at, live_at, expected, agenda)
     VALUES ('Test', 'live', 'vn', '{vn}', now(), now(), now(), 2, '[{"title": "Khai mạc", "minutes": 5}]') RETURNING id`,
  );
  return row?.id ?? '';
}
const record = { act: 'programme.set', account: null };
const set = (briefing: string, layout: Layout) => store.change(briefing, record, (m) => choose(m, { layout }));
const card = (text: string): Layout => ({ kind: 'card', text });

test('PN1 choices at the same time are one after the other, each sealed with its time; the last one is what is read', async () => {
  const briefing = await liveBriefing();
  assert.deepEqual(await store.read(briefing), await set(briefing, { kind: 'auto' }));
  const told = await Promise.all(['a', 'b', 'c', 'd'].map((text) => set(briefing, card(text))));
  assert.deepEqual(told.map(({ seq }) => seq).toSorted(), [1, 2, 3, 4]);
  const last = told.find(({ seq }) => seq === 4);
  assert.deepEqual(await store.read(briefing), last);
  const rows = await postgres.query<{ seq: string; at: Date; seal: string }>(
    'SELECT seq, at, seal FROM programme_acts WHERE briefing = $1 ORDER BY seq',
    [briefing],
  );
  assert.deepEqual(
    rows.map((r) => Number(r.seal)),
    [1, 2, 3, 4],
  );
  assert.equal(rows.at(-1)?.at.toISOString(), last?.at);
});

test('PN1 what stands already leaves no record; what decide throws neither; a briefing that is not there is not found', async () => {
  const briefing = await liveBriefing();
  await set(briefing, card('x'));
  assert.equal((await set(briefing, card('x'))).seq, 1);
  const throws = () => {
    throw new Error('no');
  };
  await assert.rejects(store.change(briefing, record, throws), /no/);
  assert.equal((await store.read(briefing)).seq, 1);
  const nowhere = '00000000-0000-4000-8000-000000000000';
  await assert.rejects(set(nowhere, card('x')), { reason: 'not-found' });
});

test('PN12 the item that runs is sealed with its time under the numbers of the programme, beside what is shown', async () => {
  const briefing = await liveBriefing();
  await postgres.query(`INSERT INTO units (code) VALUES ('vn') ON CONFLICT DO NOTHING`);
  const [pm] = await postgres.query<{ id: string }>(
    `INSERT INTO accounts (name, role, unit) VALUES ('Thủ tướng', 'principal', 'vn') RETURNING id`,
  );
  const by = { act: 'programme.item', account: pm?.id ?? '' };
  const run = (item: { nr: number; title: string } | null) =>
    store.changeItem(briefing, by, (m) => chooseItem(m, item));
  const opening = { nr: 1, title: 'Khai mạc' };
  await set(briefing, card('x'));
  const [one, other] = await Promise.all([run(opening), run(opening)]);
  assert.deepEqual([one.seq, other.seq], [2, 2], 'what runs already leaves no record');
  assert.deepEqual(one.item, { ...opening, minutes: 5, since: one.item?.since });
  assert.deepEqual(one.layout, card('x'));
  const shown = await set(briefing, card('y'));
  assert.deepEqual([shown.seq, shown.item], [3, one.item]);
  assert.deepEqual(await store.read(briefing), shown);
  assert.equal(new Map((await store.running()).map(({ id, seq }) => [id, seq])).get(briefing), 3);
  const over = await run(null);
  assert.deepEqual(over, { ...shown, seq: 4, item: null });
  assert.deepEqual(await store.read(briefing), over);
  const rows = await postgres.query<{ seq: string; at: Date; seal: string; item: unknown }>(
    'SELECT seq, at, seal, item FROM agenda_acts WHERE briefing = $1 ORDER BY seq',
    [briefing],
  );
  assert.deepEqual(
    rows.map(({ seq, seal, item }) => [Number(seq), Number(seal), item]),
    [
      [2, 2, { ...opening, minutes: 5 }],
      [4, 4, null],
    ],
  );
  assert.equal(rows[0]?.at.toISOString(), one.item?.since);
});

test('PN7 running briefings are named with their seq, closed ones not', async () => {
  const [one, other] = [await liveBriefing(), await liveBriefing()];
  await set(one, card('x'));
  const marks = new Map((await store.running()).map(({ id, seq }) => [id, seq]));
  assert.deepEqual([marks.get(one), marks.get(other)], [1, 0]);
  await postgres.query(`UPDATE briefings SET state = 'closed', closed_at = now() WHERE id = $1`, [one]);
  assert.ok(!(await store.running()).some(({ id }) => id === one));
  await assert.rejects(set(one, card('y')), { reason: 'briefing-closed' });
});
