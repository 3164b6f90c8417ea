import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullJitter } from './jitter.ts';

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
