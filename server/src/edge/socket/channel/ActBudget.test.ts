import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActBudget } from './ActBudget.ts';

test('CH5 acts are counted by device, from its first one on, until its window is over', () => {
  const budget = new ActBudget(10_000);
  const spends = [0, 9_999, 10_000].map((now) => budget.spend('a', now));
  assert.deepEqual(spends, [1, 2, 1]);
  assert.equal(budget.spend('b', 10_000), 1);
  assert.equal(budget.spend('a', 19_999), 2);
});
