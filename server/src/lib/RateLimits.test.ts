import assert from 'node:assert/strict';
import { test } from 'node:test';
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
