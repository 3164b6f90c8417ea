import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder } from './inOrder.ts';

test('an answer to an older question is not taken over a newer one', () => {
  const ask = inOrder();
  const [first, second, third] = [ask(), ask(), ask()];
  assert.equal(second(), true);
  assert.equal(first(), false);
  assert.equal(third(), true);
  assert.equal(ask()(), true);
});
