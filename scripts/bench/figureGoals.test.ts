import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goalsOf, isMet, sayGoal } from './figureGoals.ts';

const filled = {
  seconds: 700,
  copySeconds: 250,
  ratio: 2.8,
  blockedMs: 90,
  longBatches: 0,
  batches: 400,
  rowBytes: 207,
};

test('each goal of what was measured is met or missed, and of no other part', () => {
  const goals = goalsOf({ filled: { ...filled, rows: 20_000_000 } });
  assert.deepEqual(goals.map(isMet), [true, false, true]);
  assert.deepEqual(goals.map(sayGoal), [
    'met     a million rows: 35 s (goal 60)',
    'MISSED  of COPY of the same rows: 2.8 times (goal 2.5)',
    'met     longest pause of who fills in: 90 ms (goal 100)',
  ]);
  assert.deepEqual(goalsOf({}), []);
});

test('without open maps none was late', () => {
  const spread = { p50: 100, p95: 200 };
  const watched = { watchers: 100, recordMs: spread, tickMs: spread, pauseMs: 30, workMs: 9, maps: 0 };
  const goals = goalsOf({ watched: { ...watched, mapMs: { p50: Number.NaN, p95: Number.NaN } } });
  assert.equal(goals.length, 3);
  assert.ok(goals.every(isMet));
});
