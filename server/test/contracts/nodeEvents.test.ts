import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { isNews } from '../../src/domain/nodes/isNews.ts';
import type { NodeHappening } from '../../src/domain/nodes/ports.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgNodeEvents } from '../../src/store/postgres/nodes/PgNodeEvents.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let store: PgNodeEvents;
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
  store = new PgNodeEvents(postgres);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const eventOf = (boot: string, kind: NodeHappening['kind'], second: number, more: Partial<NodeHappening> = {}) => ({
  ...{ node: `node ${boot.slice(0, 4)}`, boot, kind },
  at: new Date(Date.UTC(2026, 8, 2, 1, 0, second)),
  ...more,
});

test('PL14 of all nodes that see at once that one has vanished one writes it down', async () => {
  const boot = randomUUID();
  await store.note(eventOf(boot, 'came', 0, { detail: '1.2.3' }), isNews);
  await Promise.all(Array.from({ length: 12 }, (_, i) => store.note(eventOf(boot, 'vanished', 1 + i), isNews)));
  const kinds = (await store.last(50)).map(({ kind, detail }) => [kind, detail]);
  assert.deepEqual(kinds, [
    ['vanished', null],
    ['came', '1.2.3'],
  ]);
});

test('PL14 what is carried is told by its title, the newest first, and the oldest is forgotten', async () => {
  const boot = randomUUID();
  const [row] = await postgres.query<{ id: string }>(
    `INSERT INTO briefings (title, state, stage, scope, scheduled_at, opened_at, expected)
     VALUES ('Giao ban', 'open', 'vn', '{vn}', now(), now(), 2) RETURNING id`,
  );
  await store.note(eventOf(boot, 'carries', 30, { briefing: row?.id ?? '', epoch: 2 }), isNews);
  await store.note(eventOf(boot, 'left', 31), isNews);
  await store.forget(2);
  const events = await store.last(50);
  assert.deepEqual(
    events.map(({ kind, carried }) => [kind, carried]),
    [
      ['left', null],
      ['carries', { title: 'Giao ban', epoch: 2 }],
    ],
  );
  assert.equal((await store.last(1)).length, 1);
});
