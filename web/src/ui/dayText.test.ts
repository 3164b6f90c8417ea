import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayText, dayTyped, hourTyped } from './dayText.ts';

test('a day is typed as it is written here, with any sign between, or pasted', () => {
  for (const typed of ['27/11/2026', '27.11.2026', ' 27-11-2026', '27 11 2026', '2026-11-27', '2026-11-27T09:00'])
    assert.equal(dayTyped(typed), '2026-11-27', typed);
  assert.equal(dayTyped('5/3/2027'), '2027-03-05', 'the day first, never the month');
  for (const typed of ['', '31/02/2026', '11/27/2026', '27/11/26', '27/11', '0/1/2026', 'mai'])
    assert.equal(dayTyped(typed), undefined, typed);
  assert.equal(dayText('2026-11-27'), '27/11/2026');
  assert.equal(dayText(''), '');
});

test('an hour is typed in the ways in which people write it', () => {
  for (const typed of ['17:05', '17h05', '17.05', '1705', '17 05', '17g05'])
    assert.equal(hourTyped(typed), '17:05', typed);
  assert.deepEqual(['9:00', '9', '9h', '0:00'].map(hourTyped), ['09:00', '09:00', '09:00', '00:00']);
  for (const typed of ['', '24:00', '12:60', '5 pm', '123456']) assert.equal(hourTyped(typed), undefined, typed);
});
