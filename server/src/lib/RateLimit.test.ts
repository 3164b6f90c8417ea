import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateLimit } from './RateLimit.ts';

test('a burst passes, then the average counts', () => {
  let now = 0;
  const limit = new RateLimit(10, 5, () => now);
  const takes = (n: number) => Array.from({ length: n }, () => limit.take()).filter(Boolean).length;
  assert.equal(takes(8), 5);
  now += 100;
  assert.equal(takes(3), 1);
  now += 10_000;
  assert.equal(takes(20), 5, 'a long silence gives no more than a burst');
});

test('what costs more takes more, or nothing', () => {
  let now = 0;
  const limit = new RateLimit(10, 100, () => now);
  assert.deepEqual([limit.take(90), limit.take(20), limit.take(10)], [true, false, true]);
  now += 9_900;
  assert.equal(limit.isFull, false);
  now += 100;
  assert.equal(limit.isFull, true);
  now -= 5_000;
  assert.equal(limit.isFull, true);
});
