import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PULLS } from '../limits.ts';
import { nextAsk } from './nextAsk.ts';

const MINUTE_MS = 60_000;
const hourly = { everyMs: 60 * MINUTE_MS, failures: 0, retryAfterMs: 0 };

test('FG40 a source is asked as often as was agreed, and many not at the same moment', () => {
  assert.equal(
    nextAsk(hourly, () => 0),
    60 * MINUTE_MS,
  );
  assert.equal(
    nextAsk(hourly, () => 1),
    54 * MINUTE_MS,
  );
});

test('FG40 after each failure it is asked twice as late, and at least every six hours or as often as was agreed', () => {
  const minutes = [1, 2, 3, 4, 9, 10, 1_000].map((failures) => nextAsk({ ...hourly, failures }, () => 1) / MINUTE_MS);
  assert.deepEqual(minutes, [1, 2, 4, 8, 256, 360, 360]);
  assert.equal(
    nextAsk({ ...hourly, failures: 3 }, () => 0),
    2 * MINUTE_MS,
  );
  const daily = { everyMs: 24 * 60 * MINUTE_MS, failures: 20, retryAfterMs: 0 };
  assert.equal(
    nextAsk(daily, () => 1),
    daily.everyMs,
  );
});

test('FG40 it is not asked earlier than it says itself, and no source puts it off for longer than a day', () => {
  const failed = { ...hourly, failures: 1 };
  assert.equal(
    nextAsk({ ...failed, retryAfterMs: 30 * MINUTE_MS }, () => 1),
    30 * MINUTE_MS,
  );
  assert.equal(
    nextAsk({ ...failed, retryAfterMs: Number.MAX_SAFE_INTEGER }, () => 1),
    PULLS.retryAfterMs,
  );
});
