import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CatchUp } from './CatchUp.ts';

interface Mark {
  readonly id: string;
  readonly seq: number;
}

/** A store that is ahead, and a node that follows it; readings end when the test lets them. */
function world() {
  const store = new Map<string, number>();
  const known = new Map<string, number>();
  const readings: { readonly id: string; readonly end: (error?: Error) => void }[] = [];
  const catchUp = new CatchUp<Mark>({
    idOf: ({ id }) => id,
    isBehind: ({ id, seq }) => (known.get(id) ?? 0) < seq,
    read: ({ id }) => {
      const seen = store.get(id) ?? 0;
      return new Promise((resolve, reject) => {
        const end = (error?: Error) => {
          if (error) return reject(error);
          known.set(id, seen);
          resolve();
        };
        readings.push({ id, end });
      });
    },
    marks: async () => [...store].map(([id, seq]) => ({ id, seq })),
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { store, known, readings, catchUp, turn };
}

test('who knows as much as a mark says reads nothing, however late and often marks come', async () => {
  const { known, readings, catchUp } = world();
  known.set('a', 3);
  for (const seq of [3, 1, 2, 3]) await catchUp.hint({ id: 'a', seq });
  assert.equal(readings.length, 0);
});

test('hints about one thing share a reading, and read once more when it was begun too early', async () => {
  const { store, known, readings, catchUp, turn } = world();
  store.set('a', 1);
  const first = catchUp.hint({ id: 'a', seq: 1 });
  store.set('a', 2);
  const later = [
    catchUp.hint({ id: 'a', seq: 1 }),
    catchUp.hint({ id: 'a', seq: 2 }),
    catchUp.hint({ id: 'a', seq: 2 }),
  ];
  const other = catchUp.hint({ id: 'b', seq: 1 });
  await turn();
  assert.deepEqual(
    readings.map(({ id }) => id),
    ['a', 'b'],
  );
  readings[0]?.end();
  await first;
  await turn();
  assert.deepEqual(
    readings.map(({ id }) => id),
    ['a', 'b', 'a'],
    'one reading for both who need more',
  );
  readings[1]?.end();
  readings[2]?.end();
  await Promise.all([...later, other]);
  assert.equal(known.get('a'), 2);
});

test('a reading that fails is told to who began it; the next hint or sweep tries again', async () => {
  const { store, known, readings, catchUp, turn } = world();
  store.set('a', 1);
  const failed = assert.rejects(catchUp.hint({ id: 'a', seq: 1 }), /away/);
  const waiting = catchUp.hint({ id: 'a', seq: 1 });
  readings[0]?.end(new Error('the store is away'));
  await failed;
  await turn();
  readings[1]?.end();
  await waiting;
  assert.equal(known.get('a'), 1);
});

test('the sweep asks the store for what no hint has told', async () => {
  const { store, known, readings, catchUp, turn } = world();
  store.set('a', 2).set('b', 5);
  known.set('a', 2);
  const seen: (readonly Mark[])[] = [];
  const sweep = catchUp.sweep((marks) => seen.push(marks));
  await turn();
  assert.deepEqual(
    readings.map(({ id }) => id),
    ['b'],
  );
  readings[0]?.end();
  await sweep;
  assert.deepEqual(seen, [
    [
      { id: 'a', seq: 2 },
      { id: 'b', seq: 5 },
    ],
  ]);
  assert.equal(known.get('b'), 5);
});

test('what cannot be read keeps nobody from the others, is told when all are done, and read again by the next sweep', async () => {
  const { store, known, readings, catchUp, turn } = world();
  store.set('a', 1).set('b', 1);
  const seen: number[] = [];
  const sweep = assert.rejects(
    catchUp.sweep((marks) => seen.push(marks.length)),
    /a is broken/,
  );
  await turn();
  readings[0]?.end(new Error('a is broken'));
  await turn();
  readings[1]?.end();
  await sweep;
  assert.deepEqual([known.get('a'), known.get('b'), seen], [undefined, 1, [2]]);
  const next = catchUp.sweep();
  await turn();
  readings[2]?.end();
  await next;
  assert.equal(known.get('a'), 1);
});
