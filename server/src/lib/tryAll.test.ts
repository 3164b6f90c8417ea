import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tryAll } from './tryAll.ts';

test('what fails keeps nobody from what comes after it, and is told whole at the end', async () => {
  const done: number[] = [];
  const works = [1, 2, 3, 4].map((nr) => async () => {
    done.push(nr);
    if (nr % 2 === 0) throw new Error(`${nr} fails`);
  });
  await assert.rejects(tryAll(works), (error: AggregateError) => {
    assert.deepEqual(
      error.errors.map(({ message }) => message),
      ['2 fails', '4 fails'],
    );
    return true;
  });
  await assert.rejects(tryAll(works.slice(0, 3)), { message: '2 fails' });
  assert.deepEqual(done, [1, 2, 3, 4, 1, 2, 3]);
});
