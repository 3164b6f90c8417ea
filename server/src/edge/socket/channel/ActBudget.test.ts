import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActBudget } from './ActBudget.ts';

test('CH5 acts are counted by account, from its first one on, until its window is over', () => {
  const budget = new ActBudget(10_000);
  const spends = [0, 9_999, 10_000].map((now) => budget.spend('a', now));
  assert.deepEqual(spends, [
    { acts: 1, leftMs: 10_000 },
    { acts: 2, leftMs: 1 },
    { acts: 1, leftMs: 10_000 },
  ]);
  assert.equal(budget.spend('b', 10_000).acts, 1);
  assert.equal(budget.spend('a', 19_999).acts, 2);
});
