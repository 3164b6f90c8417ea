import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TurnsOf } from './TurnsOf.ts';

test('of each thing so much is under way, in its order, and nothing waits for another thing', async () => {
  const turns = new TurnsOf(2);
  const begun: { readonly name: string; readonly end: (error?: Error) => void }[] = [];
  const take = (thing: string, nr: number) =>
    turns.take(thing, () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      begun.push({ name: `${thing}${nr}`, end: (error) => (error ? reject(error) : resolve()) });
      return promise;
    });
  const names = () => begun.map(({ name }) => name).join(' ');
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const all = [take('a', 1), take('a', 2), take('a', 3), take('b', 1), take('a', 4)];
  assert.equal(names(), 'a1 a2 b1');
  begun[1]?.end(new Error('it fails'));
  await assert.rejects(all[1] ?? Promise.resolve(), /it fails/);
  await turn();
  assert.equal(names(), 'a1 a2 b1 a3');
  begun[0]?.end();
  await turn();
  for (const { end } of begun) end();
  await Promise.allSettled(all);
  assert.deepEqual([names(), turns.size], ['a1 a2 b1 a3 a4', 0]);
});
