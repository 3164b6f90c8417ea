import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figurePeriodSchema } from '../../protocol/figure.ts';
import type { Every } from '../../protocol/figureDefinition.ts';
import { momentIn, momentOf, periodAfter, periodEnd, periodOf } from './periods.ts';

const at = (text: string): number => Date.parse(text);
const iso = (moment: number): string => new Date(moment).toISOString();

for (const [every, moment, start, end] of [
  ['5min', '2026-09-02T07:34:59.999+07:00', '2026-09-02T07:30+07:00', '2026-09-02T07:35+07:00'],
  ['hour', '2026-09-02T07:00+07:00', '2026-09-02T07:00+07:00', '2026-09-02T08:00+07:00'],
  ['day', '2026-09-01T17:00Z', '2026-09-02T00:00+07:00', '2026-09-03T00:00+07:00'],
  ['day', '2026-09-01T16:59:59Z', '2026-09-01T00:00+07:00', '2026-09-02T00:00+07:00'],
  ['week', '2026-09-02T12:00+07:00', '2026-08-31T00:00+07:00', '2026-09-07T00:00+07:00'],
  ['week', '2026-08-30T23:59+07:00', '2026-08-24T00:00+07:00', '2026-08-31T00:00+07:00'],
  ['month', '2026-02-28T23:00+07:00', '2026-02-01T00:00+07:00', '2026-03-01T00:00+07:00'],
  ['month', '2026-12-31T17:00Z', '2027-01-01T00:00+07:00', '2027-02-01T00:00+07:00'],
  ['day', '1969-12-31T12:00+07:00', '1969-12-31T00:00+07:00', '1970-01-01T00:00+07:00'],
] as const)
  test(`FG37 ${moment} lies in the ${every} from ${start}`, () => {
    const period = periodOf(every, at(moment));
    assert.deepEqual([iso(period), iso(periodEnd(every, period))], [iso(at(start)), iso(at(end))]);
    assert.equal(periodAfter(every, periodAfter(every, period, 7), -7), period);
  });

test('FG37 what comes once has one period for ever', () => {
  const every: Every = 'once';
  const period = periodOf(every, Date.now());
  assert.equal(period, periodOf(every, 0));
  assert.equal(periodEnd(every, period), period);
  assert.equal(periodAfter(every, period), Number.POSITIVE_INFINITY);
});

test('FG37 figures begin with 1900', () => {
  assert.equal(momentOf('1900-01-01'), at('1899-12-31T17:00Z'));
  assert.equal(momentIn('week', '1900-W01'), at('1899-12-31T17:00Z'));
  assert.equal(momentIn('week', '1899-W52'), undefined);
  assert.equal(momentIn('month', '1899-12'), undefined);
  for (const text of [
    '0000-12-31T17:00:00.000Z',
    '0001-01-01T00:00:00Z',
    '1899-12-31T16:59:59Z',
    '9999-12-31T00:00:00Z',
  ])
    assert.equal(figurePeriodSchema.safeParse(text).success, false, text);
  assert.equal(figurePeriodSchema.safeParse('1899-12-31T17:00:00Z').success, true);
});

test('FG37 a row names a day of Viet Nam, or a moment with its offset, and nothing else', () => {
  assert.equal(momentOf('2026-09-02'), at('2026-09-01T17:00Z'));
  assert.equal(momentOf('2026-09-02T07:00:00.5+07:00'), at('2026-09-02T00:00:00.5Z'));
  assert.equal(momentOf('2024-02-29'), at('2024-02-28T17:00Z'));
  for (const text of [
    '2026-02-30',
    '2026-13-01',
    '2026-09-02T07:00',
    '02/09/2026',
    '2026-W36',
    '2026-09-02T25:00Z',
    '',
    '0000-12-31',
    '0001-01-01',
    '0001-01-01T00:00:00+07:00',
    '1899-12-31',
    '9999-12-31T23:59:59-07:00',
  ])
    assert.equal(momentOf(text), undefined, text);
});

test('FG37 a month or a week is named by its name where figures come so often, and is a day of nothing else', () => {
  const day = (text: string) => momentOf(text);
  const cases = [
    ['month', '2026-11', '2026-11-01'],
    ['month', '2026-13', undefined],
    ['day', '2026-11', undefined],
    ['week', '2026-W01', '2025-12-29'],
    ['week', '2026-W48', '2026-11-23'],
    ['week', '2026-W53', '2026-12-28'],
    ['week', '2025-W53', undefined],
    ['week', '2026-W00', undefined],
    ['month', '2026-W48', undefined],
    ['week', '2026-11-26', '2026-11-26'],
  ] as const;
  for (const [every, text, wanted] of cases)
    assert.equal(momentIn(every, text), wanted && day(wanted), `${every} ${text}`);
});
