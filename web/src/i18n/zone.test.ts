import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayNumber, momentOfZoned, ZONE, ZONE_AHEAD_MS, zoned } from './zone.ts';

test('a moment is of the zone of the installation, on a computer of any other', () => {
  assert.equal(zoned('2026-11-26T17:30:00Z'), '2026-11-27T00:30');
  assert.equal(momentOfZoned('2026-11-27T00:30'), Date.parse('2026-11-26T17:30:00Z'));
  assert.equal(momentOfZoned('2026-11-27'), Date.parse('2026-11-26T17:00:00Z'));
  assert.ok(Number.isNaN(momentOfZoned('')));
  assert.ok(Number.isNaN(momentOfZoned('2026-13-27')));
});

test('days change at midnight there', () => {
  assert.equal(dayNumber('2026-11-26T17:00:00Z') - dayNumber('2026-11-26T16:59:59Z'), 1);
  assert.equal(dayNumber('2026-11-26T23:59:59Z') - dayNumber('2026-11-26T17:00:00Z'), 0);
});

test('the zone is as far ahead all year as is said', () => {
  for (const month of [0, 6]) {
    const at = Date.UTC(2026, month, 15, 3);
    const [hour] = new Intl.DateTimeFormat('en', { timeZone: ZONE, hour: 'numeric', hourCycle: 'h23' }).formatToParts(
      at,
    );
    assert.equal(Number(hour?.value), 3 + ZONE_AHEAD_MS / 3_600_000);
  }
});
