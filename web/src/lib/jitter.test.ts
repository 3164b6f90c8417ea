import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullJitter, returnDelay } from './jitter.ts';

test('quick tries stay under a second, so that a restarted server is found at once', () => {
  for (let attempt = 0; attempt < 20; attempt++) assert.ok(fullJitter(attempt, () => 1) <= 500);
});

test('later the ceiling grows to ten seconds and no further', () => {
  assert.ok(fullJitter(23, () => 1) > 1500);
  assert.equal(
    fullJitter(100, () => 1),
    10_000,
  );
});

test('the whole range is used, from nothing on', () => {
  assert.equal(
    fullJitter(5, () => 0),
    0,
  );
});

test('CH11 a hint is used whole and evenly, at every try, and never makes anybody come later than it says or than they would without', () => {
  for (const attempt of [0, 19]) {
    const moments = [0, 0.25, 0.5, 1].map((random) => returnDelay(attempt, 11_000, () => random));
    assert.deepEqual(moments, [0, 2750, 5500, 11_000]);
  }
  assert.equal(
    returnDelay(100, 3000, () => 1),
    10_000,
  );
});

test('CH11 11,000 pages that lose a server come back at most about a thousand a second', () => {
  const seconds = Array<number>(11).fill(0);
  for (let page = 0; page < 11_000; page++) {
    const second = Math.min(10, Math.floor(returnDelay(0, 11_000) / 1000));
    seconds[second] = (seconds[second] ?? 0) + 1;
  }
  assert.ok(Math.max(...seconds) < 1200, seconds.join(' '));
});
