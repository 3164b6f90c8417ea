import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from '../../../i18n/formats.ts';
import { labelled, shortPeriod } from './axisLabels.ts';

test('both ends of a series are named, and at most two periods between them', () => {
  assert.deepEqual(labelled(28), [0, 9, 18, 27]);
  assert.deepEqual(labelled(4), [0, 1, 2, 3]);
  assert.deepEqual([labelled(2), labelled(1), labelled(0)], [[0, 1], [0], []]);
});

test('a period is named as short as it can be told from the others', () => {
  const formats = createFormats('vi');
  const at = new Date('2026-11-25T00:00').toISOString();
  assert.equal(shortPeriod('hour', at, formats), formats.hour(at));
  assert.deepEqual([shortPeriod('day', at, formats), shortPeriod('month', at, formats)], ['25/11', '11/2026']);
});
