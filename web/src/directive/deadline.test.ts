import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayWord, deadlinePresets } from './deadline.ts';

const at = (text: string): Date => new Date(text);

test('a deadline is told as people say it, whatever the hour', () => {
  const now = at('2026-11-25T23:50');
  const table = [
    ['2026-11-24T00:00', 'yesterday'],
    ['2026-11-25T00:01', 'today'],
    ['2026-11-26T00:05', 'tomorrow'],
    ['2026-11-27T17:00', 'week'],
    ['2026-12-01T17:00', 'week'],
    ['2026-12-02T17:00', 'far'],
    ['2026-11-20T17:00', 'far'],
    ['2027-11-25T17:00', 'far'],
  ] as const;
  for (const [then, word] of table) assert.equal(dayWord(at(then), now), word, then);
});

test('what has passed is not offered, nor the same day twice', () => {
  const names = (now: string): string[] => deadlinePresets(at(now)).map(([name]) => name);
  // A Wednesday.
  assert.deepEqual(names('2026-11-25T09:00'), ['today', 'tomorrow', 'friday', 'week', 'none']);
  assert.deepEqual(names('2026-11-25T17:00'), ['tomorrow', 'friday', 'week', 'none']);
  // On Thursday tomorrow is Friday; on Friday the next one is a week away.
  assert.deepEqual(names('2026-11-26T09:00'), ['today', 'tomorrow', 'week', 'none']);
  assert.deepEqual(names('2026-11-27T09:00'), ['today', 'tomorrow', 'week', 'none']);
  assert.deepEqual(names('2026-11-28T09:00'), ['today', 'tomorrow', 'friday', 'week', 'none']);
});

test('each preset is at the close of its day', () => {
  for (const [, instant] of deadlinePresets(at('2026-11-25T09:00')))
    if (instant) assert.equal(new Date(instant).getHours(), 17);
});
