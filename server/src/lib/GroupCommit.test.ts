import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GroupCommit } from './GroupCommit.ts';

const settled = async (added: readonly Promise<string>[]) =>
  (await Promise.allSettled(added)).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason.message)));

test('DL7 what comes in while a group is written is the next group, in the order in which it came', async () => {
  const groups: (readonly number[])[] = [];
  const commit = new GroupCommit<number, string>(
    async (key, asks) => {
      groups.push(asks);
      if (groups.length === 1) for (const ask of [3, 4, 5]) later.push(commit.add('a', ask));
      return asks.map((ask) => (ask === 4 ? { error: new Error('no 4') } : { ok: `${key}${ask}` }));
    },
    { max: 2 },
  );
  const later: Promise<string>[] = [];
  assert.deepEqual(await settled([commit.add('a', 1), commit.add('a', 2)]), ['a1', 'a2']);
  assert.deepEqual(await settled(later), ['a3', 'no 4', 'a5']);
  assert.deepEqual(groups, [[1, 2], [3, 4], [5]]);
});

test('DL7 one entry that cannot be written is refused alone; what concerns all refuses all, at once', async () => {
  let tries = 0;
  const commit = new GroupCommit<number, string>(
    async (_, asks) => {
      tries += 1;
      if (asks.includes(666)) throw new Error('a bad one');
      if (asks.includes(0)) throw new Error('away');
      return asks.map((ask) => ({ ok: String(ask) }));
    },
    {
      concernsAll: (error) => (error as Error).message === 'away',
      unwritable: async (_, asks) => asks.map((ask) => (ask === 666 ? new Error('a bad one') : undefined)),
    },
  );
  const added = [1, 2, 666, 4, 5].map((ask) => commit.add('', ask));
  assert.deepEqual(await settled(added), ['1', '2', 'a bad one', '4', '5']);
  tries = 0;
  assert.deepEqual(await settled([0, 1, 2].map((ask) => commit.add('', ask))), ['away', 'away', 'away']);
  assert.equal(tries, 1);
});

test('DL7 after a group of several it gathers what comes in a moment, and a lone entry does not wait', async () => {
  const groups: (readonly number[])[] = [];
  const write = async (_: string, asks: readonly number[]) => {
    groups.push(asks);
    return asks.map((ask) => ({ ok: String(ask) }));
  };
  const commit = new GroupCommit<number, string>(write, { gatherMs: 60_000 });
  assert.equal(await commit.add('', 1), '1');
  assert.equal(await commit.add('', 2), '2', 'nor does the next one');
  const gathering = new GroupCommit<number, string>(write, { gatherMs: 500 });
  await settled([gathering.add('', 3), gathering.add('', 4)]);
  const later = gathering.add('', 5);
  await new Promise((done) => setImmediate(done));
  await settled([later, gathering.add('', 6)]);
  assert.deepEqual(groups, [[1], [2], [3, 4], [5, 6]]);
});

test('DL7 those who wait for a large group are answered in turns, and the next group does not wait for them', async () => {
  const events: string[] = [];
  const commit = new GroupCommit<number, string>(
    async (_, asks) => {
      events.push(`writes ${asks.length}`);
      return asks.map((ask) => ({ ok: String(ask) }));
    },
    { max: 1_000 },
  );
  const asks = Array.from({ length: 1_001 }, (_, i) => i);
  const added = asks.map((ask) => commit.add('', ask));
  added[0]?.then(() => events.push('first'));
  added[999]?.then(() => events.push('last of the first group'));
  assert.deepEqual(await settled(added), asks.map(String));
  assert.deepEqual(events, ['writes 1000', 'first', 'writes 1', 'last of the first group']);
});

/** What is thrown by `fails`, and by what each entry is unwritable; counts how often anything was asked of the store. */
function counted(fails: (asks: readonly number[]) => boolean, bad: (ask: number) => boolean) {
  const count = { transactions: 0 };
  const commit = new GroupCommit<number, string>(
    async (_, asks) => {
      count.transactions += 1;
      if (fails(asks)) throw new Error('failed');
      return asks.map((ask) => ({ ok: String(ask) }));
    },
    {
      max: 1_000,
      concernsAll: () => false,
      unwritable: async (_, asks) => {
        count.transactions += 1;
        return asks.map((ask) => (bad(ask) ? new Error(`bad ${ask}`) : undefined));
      },
    },
  );
  const all = (asks: readonly number[]) => settled(asks.map((ask) => commit.add('', ask)));
  return { count, all };
}
const thousand = Array.from({ length: 1_000 }, (_, i) => i);

test('DL7 one poison entry in a group of 1,000 costs three transactions, and is refused alone', async () => {
  const { count, all } = counted(
    (asks) => asks.includes(700),
    (ask) => ask === 700,
  );
  const said = await all(thousand);
  assert.deepEqual(
    said.filter((one, i) => one !== String(i)),
    ['bad 700'],
  );
  assert.equal(count.transactions, 3);
});

test('DL7 what fails whatever is in the group costs a few transactions, and refuses all with its reason', async () => {
  for (const bad of [false, true]) {
    const { count, all } = counted(
      () => true,
      () => bad,
    );
    assert.deepEqual(await all(thousand), Array(1_000).fill('failed'));
    assert.equal(count.transactions, bad ? 2 : 3);
  }
  const { count, all } = counted(
    () => true,
    (ask) => ask === 700,
  );
  assert.deepEqual(new Set(await all(thousand)), new Set(['failed', 'bad 700']));
  assert.equal(count.transactions, 3);
});

test('AK2 when nobody in it was at fault a group is written once more: what another did at the same moment is seen then', async () => {
  let failures = 1;
  const { count, all } = counted(
    () => failures-- > 0,
    () => false,
  );
  assert.deepEqual(await all([1, 2]), ['1', '2']);
  assert.equal(count.transactions, 3);
});

test('DL7 beyond its bound it takes nothing more, until what waits is written', async () => {
  let write = () => {};
  const written = new Promise<void>((resolve) => {
    write = resolve;
  });
  const commit = new GroupCommit<number, string>(
    async (_, asks) => {
      await written;
      return asks.map((ask) => ({ ok: String(ask) }));
    },
    { max: 2, most: 4, full: () => new Error('busy') },
  );
  const added = [1, 2, 3, 4, 5].map((ask) => commit.add(ask % 2 ? 'a' : 'b', ask));
  assert.deepEqual(await settled(added.slice(4)), ['busy']);
  write();
  assert.deepEqual(await settled(added.slice(0, 4)), ['1', '2', '3', '4']);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await commit.add('a', 6), '6');
});
