import assert from 'node:assert/strict';
import { test } from 'node:test';
import { periodsBefore } from './periodsBefore.ts';

test('periods before one begin on the clock in Viet Nam, months over the turn of a year', () => {
  assert.deepEqual(periodsBefore('month', '2026-01-31T17:00:00.000Z', 3), [
    '2025-12-31T17:00:00.000Z',
    '2025-11-30T17:00:00.000Z',
    '2025-10-31T17:00:00.000Z',
  ]);
  assert.deepEqual(periodsBefore('day', '2026-02-28T17:00:00.000Z', 1), ['2026-02-27T17:00:00.000Z']);
  assert.deepEqual(periodsBefore('5min', '2026-01-01T00:00:00.000Z', 1), ['2025-12-31T23:55:00.000Z']);
  assert.deepEqual(periodsBefore('once', '1999-12-31T17:00:00.000Z', 3), []);
});
