import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Quotas } from './Quotas.ts';
import { RateLimits } from './RateLimits.ts';

test('each key has an allowance of its own, and learns when it may come again', () => {
  let now = 0;
  const limits = new RateLimits({ perSecond: 2, burst: 3 }, () => now);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => limits.take('a')),
    [0, 0, 0, 500, 500],
  );
  assert.equal(limits.take('b'), 0);
  assert.equal(limits.take('a', 2), 1000);
  assert.equal(limits.take('a', 100), 1500, 'what no burst holds is refused, and does not wait for ever');
  now += 500;
  assert.deepEqual([limits.take('a'), limits.take('a')], [0, 500]);
});

test('who has the whole allowance again is forgotten', () => {
  let now = 0;
  const limits = new RateLimits({ perSecond: 1, burst: 10 }, () => now);
  for (let i = 0; i < 1_000; i++) limits.take(`k${i}`);
  assert.equal(limits.size, 1_000);
  now += 20_000;
  limits.take('last');
  assert.equal(limits.size, 1);
});

test('CL43 an allowance holds over nodes; of those who take little of theirs nobody is told', () => {
  const quotas = [new Quotas(), new Quotas()] as const;
  const rate = { perSecond: 0.001, burst: 20 };
  const [one, two] = quotas.map((q) => RateLimits.shared('connects', rate, q, () => 0)) as [RateLimits, RateLimits];
  const exchange = () => {
    const [first, second] = quotas.map((q) => q.takeNews());
    quotas[0].hear(second ?? []);
    quotas[1].hear(first ?? []);
    return [first, second];
  };
  for (let i = 0; i < 4; i++) assert.equal(one.take('a'), 0);
  assert.deepEqual(exchange(), [[], []]);
  for (let i = 0; i < 8; i++) assert.equal(one.take('a'), 0);
  assert.deepEqual(exchange(), [[['connects', 'a', 12]], []], 'with what was not told before');
  for (let i = 0; i < 8; i++) assert.equal(two.take('a'), 0);
  assert.ok(two.take('a') > 0);
  assert.deepEqual(exchange(), [[], [['connects', 'a', 8]]]);
  assert.ok(one.take('a') > 0);
  assert.equal(one.take('b'), 0);
});
