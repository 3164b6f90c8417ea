import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../api/contract.ts';
import { MissedBook } from './MissedBook.ts';

const call = (id: string) => ({ id }) as Call;

test('SC16 from the door to the seat it is asked for once; news, and an old answer, are asked for again', async () => {
  let now = 0;
  const asked: ((calls: readonly Call[]) => void)[] = [];
  const book = new MissedBook(
    () => new Promise((give) => asked.push(give)),
    () => now,
  );
  book.look();
  book.look();
  assert.equal(asked.length, 1, 'while it is on its way as well');
  asked[0]?.([call('a'), call('b')]);
  await Promise.resolve();
  await Promise.resolve();
  book.read('a');
  assert.deepEqual(book.state.get().calls, [call('b')]);
  now = 59_000;
  book.look();
  assert.equal(asked.length, 1);
  book.look(true);
  now = 200_000;
  book.look();
  assert.equal(asked.length, 3);
  // What was overtaken says nothing any more.
  asked[1]?.([call('old')]);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(book.state.get().calls, [call('b')]);
  book.close();
});
