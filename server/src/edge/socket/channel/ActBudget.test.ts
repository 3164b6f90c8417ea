import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Quotas } from '../../../lib/Quotas.ts';
import { ActBudget } from './ActBudget.ts';

test('CH5 acts are counted by account, from its first one on, until its window is over', () => {
  let now = 0;
  const budget = new ActBudget(10_000, new Quotas(), () => now);
  const spendAt = (at: number, account = 'a') => {
    now = at;
    return budget.spend(account);
  };
  assert.deepEqual(
    [0, 9_999, 10_000].map((at) => spendAt(at)),
    [
      { acts: 1, leftMs: 10_000 },
      { acts: 2, leftMs: 1 },
      { acts: 1, leftMs: 10_000 },
    ],
  );
  assert.equal(spendAt(10_000, 'b').acts, 1);
  assert.equal(spendAt(19_999).acts, 2);
});

test('CH5 CL43 acts at two nodes are counted together; of those who do little nobody is told', () => {
  const quotas = [new Quotas(), new Quotas()] as const;
  const [one, two] = quotas.map((q) => new ActBudget(10_000, q, () => 0)) as [ActBudget, ActBudget];
  const exchange = () => {
    const [first, second] = quotas.map((q) => q.takeNews());
    quotas[0].hear(second ?? []);
    quotas[1].hear(first ?? []);
    return [first?.length, second?.length];
  };
  for (let i = 0; i < 14; i++) one.spend('calm');
  assert.deepEqual(exchange(), [0, 0]);
  for (let i = 0; i < 40; i++) one.spend('eager');
  assert.deepEqual(exchange(), [1, 0]);
  assert.equal(two.spend('eager').acts, 41);
  assert.deepEqual(exchange(), [0, 1]);
  assert.equal(one.spend('eager').acts, 42, 'what came from the other is not told back');
});
