import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedReads } from './SharedReads.ts';

/** Reads end when the test lets them; each gives its number. */
function world() {
  const shared = new SharedReads<number>();
  const reads: { readonly key: string; readonly end: (error?: Error) => void }[] = [];
  const read = (key: string) =>
    shared.read(key, () => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const nr = reads.push({ key, end: (error) => (error ? reject(error) : resolve(nr)) });
      return promise;
    });
  return { reads, read };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('thousands who ask while something is read wait for the next reading, which is one for all of them', async () => {
  const { reads, read } = world();
  const first = read('a');
  const others = Array.from({ length: 1_000 }, () => read('a'));
  const elsewhere = read('b');
  assert.deepEqual(
    reads.map(({ key }) => key),
    ['a', 'b'],
  );
  reads[0]?.end();
  reads[1]?.end();
  assert.deepEqual([await first, await elsewhere], [1, 2]);
  await turn();
  assert.equal(reads.length, 3);
  reads[2]?.end();
  assert.deepEqual(new Set(await Promise.all(others)), new Set([3]));
});

test('a reading that fails is told to those who shared it, and the next is another one', async () => {
  const { reads, read } = world();
  const first = assert.rejects(read('a'), /away/);
  const second = read('a');
  reads[0]?.end(new Error('the store is away'));
  await first;
  await turn();
  reads[1]?.end();
  assert.equal(await second, 2);
  await turn();
  void read('a');
  assert.equal(reads.length, 3, 'nothing is kept');
});
