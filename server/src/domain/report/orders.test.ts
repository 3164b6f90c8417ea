import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_OPEN } from './limits.ts';
import { decideOrder } from './orders.ts';

const others = (count: number) => Array.from({ length: count }, (_, id) => ({ id, same: false }));

test('RP1 the same order is the one that is open, also when the account has as many as it may', () => {
  const own = { id: 99, same: true };
  assert.equal(decideOrder([...others(2), own]), own);
  assert.equal(decideOrder([...others(MOST_OPEN - 1), own]), own);
});

test('RP1 a new order waits until fewer are open', () => {
  assert.equal(decideOrder(others(MOST_OPEN - 1)), undefined);
  assert.throws(() => decideOrder(others(MOST_OPEN)), { reason: 'busy' });
});
