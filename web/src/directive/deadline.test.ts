import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from '../i18n/formats.ts';
import { momentOfZoned, zoned } from '../i18n/zone.ts';
import { dayWord, deadlinePresets, whenOf } from './deadline.ts';
import { en } from './words/directive.en.ts';

const at = (text: string): Date => new Date(momentOfZoned(text));

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
    if (instant) assert.match(zoned(instant), /T17:00$/);
});

test('words that expire stand beside the date, since pages stay open and are copied', () => {
  const now = at('2026-11-25T09:00').getTime();
  const read = (then: string) => whenOf(at(then).toISOString(), now, { t: en, ...createFormats('en') });
  assert.deepEqual(
    ['2026-11-25T17:00', '2026-11-26T17:00', '2026-11-24T17:00', '2026-11-27T17:00', '2026-12-24T17:00'].map(read),
    [
      '17:00 today, 25/11/2026',
      '17:00 tomorrow, 26/11/2026',
      '17:00 yesterday, 24/11/2026',
      '17:00, Friday 27/11/2026',
      '17:00 on 24/12/2026',
    ],
  );
});
