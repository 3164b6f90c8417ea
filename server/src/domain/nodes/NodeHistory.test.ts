import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNews } from './isNews.ts';
import { NodeHistory } from './NodeHistory.ts';
import type { NodeEventStore, NodeHappening } from './ports.ts';

const [one, two] = [
  { node: 'one', boot: 'boot one' },
  { node: 'two', boot: 'boot two' },
];

/** What all nodes of a test write into. */
function shared() {
  const rows: NodeHappening[] = [];
  let away = false;
  const store: NodeEventStore = {
    note: async (event, asked) => {
      if (away) throw new Error('PostgreSQL is away');
      if (
        asked(
          rows.findLast((row) => row.boot === event.boot),
          event,
        )
      )
        rows.push(event);
    },
    last: async () => [],
    forget: async () => undefined,
  };
  let at = 0;
  const historyOf = (self = one) => new NodeHistory({ store, self, clock: { now: () => new Date(at++) } });
  const words = () => rows.map(({ node, kind }) => `${node} ${kind}`);
  return { historyOf, words, setAway: (now: boolean) => (away = now) };
}

test('PL14 a node that is missed for long has vanished, and is back when it is seen again', async () => {
  const { historyOf, words } = shared();
  const history = historyOf();
  history.look([two], 0);
  history.look([], 1_000);
  history.look([], 3_999);
  await history.write();
  assert.deepEqual(words(), []);
  history.look([], 4_000);
  history.look([], 5_000);
  await history.write();
  assert.deepEqual(words(), ['two vanished']);
  history.look([two], 6_000);
  await history.write();
  assert.deepEqual(words(), ['two vanished', 'two back']);
});

test('PL14 while nobody can know who lives nobody has vanished', async () => {
  const { historyOf, words } = shared();
  const history = historyOf();
  history.look([two], 0);
  history.look(undefined, 60_000);
  history.look([two], 61_000);
  await history.write();
  assert.deepEqual(words(), []);
});

test('PL14 what all nodes see is written once, and a node that left in order has not vanished', async () => {
  const { historyOf, words } = shared();
  const three = { node: 'three', boot: 'boot three' };
  const watchers = [historyOf(), historyOf(three)];
  const leaving = historyOf(two);
  leaving.note({ kind: 'came', detail: '1.2.3' });
  leaving.note({ kind: 'left' });
  await leaving.write();
  const four = { node: 'four', boot: 'boot four' };
  for (const watcher of watchers) {
    watcher.look([two, four], 0);
    watcher.look([], 1_000);
    watcher.look([], 5_000);
    await watcher.write();
  }
  assert.deepEqual(words(), ['two came', 'two left', 'four vanished']);
});

test('PL14 while the database is away events wait, in their order, and what is late changes nothing', async () => {
  const { historyOf, words, setAway } = shared();
  const [history, other] = [historyOf(), historyOf(two)];
  setAway(true);
  history.note({ kind: 'drains', detail: 'dh node' });
  history.note({ kind: 'emptied' });
  await assert.rejects(history.write());
  setAway(false);
  await Promise.all([history.write(), history.write()]);
  assert.deepEqual(words(), ['one drains', 'one emptied']);
  other.note({ kind: 'back' });
  await other.write();
  assert.deepEqual(words().length, 2, 'nobody said that it had vanished');
});

test('PL14 what is news of a boot', () => {
  const at = (kind: NodeHappening['kind'], ms: number) => ({ kind, at: new Date(ms) });
  assert.equal(isNews(undefined, at('vanished', 1)), true);
  assert.equal(isNews(at('back', 1), at('vanished', 2)), true);
  assert.equal(isNews(at('back', 2), at('vanished', 1)), false, 'it was seen since');
  assert.equal(isNews(at('vanished', 1), at('vanished', 2)), false);
  assert.equal(isNews(at('vanished', 1), at('carries', 2)), true);
});
