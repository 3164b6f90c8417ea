import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagedUnit } from '../api/contract.ts';
import { createFormats } from '../i18n/formats.ts';
import { stagedText } from './stagedText.ts';
import { comingText, marksText, mostlyOf, weighedText } from './standingText.ts';
import { en } from './words/staged.en.ts';
import { stagedWords } from './words/staged.vi.ts';

const vi = stagedWords.in('vi');
const coverage = { expected: 3_321, fresh: 0, late: 0, stale: 0, none: 0, held: 0, contested: 0 };
/** By the clock in Viet Nam, as all is written. */
const day = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const today = (hour: number): string => new Date(`${day}T0${hour}:00+07:00`).toISOString();

test('FG143 a number of which all is held says so, beside how many units are in it', () => {
  const words = { ...createFormats('vi'), t: vi };
  const two = { vi: 'giường', en: 'beds' };
  const text = stagedText(words, {
    indicator: { name: two, unit: two, scale: 0, every: 'hour', up: 'sum' },
    ...{ value: 90, coverage: { ...coverage, held: 3_321 }, oldest: null, period: today(7), at: today(8), root: 'vn' },
  });
  assert.equal(text.coverage, '3.321/3.321 đơn vị');
  assert.deepEqual(text.marks, ['3.321 đơn vị có số mới chờ xem lại']);
  assert.equal(text.later, undefined);
});

test('FG143 the gravest is said first, and nothing of what is as it should be', () => {
  const formats = createFormats('vi');
  assert.deepEqual(marksText({ ...coverage, fresh: 3_000, none: 321 }, { marks: vi.marks }, formats), []);
  const some = { ...coverage, late: 12, contested: 2, stale: 3, none: 5, withheld: 5 };
  assert.deepEqual(marksText(some, { marks: vi.marks }, formats), [
    '5 đơn vị có số chờ xem lại, chưa tính',
    '2 đơn vị có ý kiến khác',
    '3 đơn vị có số quá cũ, không tính',
    '12 đơn vị chậm',
  ]);
  assert.deepEqual(marksText({ ...coverage, contested: 1, late: 2 }, { marks: en.marks }, createFormats('en')), [
    '1 unit is contested',
    '2 units are late',
  ]);
});

test('FG143 how the whole stands is said where that is one in five of its units, and on time of none of these', () => {
  assert.equal(mostlyOf({ ...coverage, fresh: 2_800, held: 521 }), undefined);
  assert.equal(mostlyOf({ ...coverage, held: 700, late: 2_000 }), 'held');
  assert.equal(mostlyOf({ ...coverage, fresh: 2_000, late: 1_321 }), 'late');
});

test('FG141 the hour that is coming in is told with its coverage, and on the stage that a newer one has come', () => {
  const coming = { period: today(7), counted: 1, expected: 10_056 };
  const hourly = { every: 'hour', up: 'sum' } as const;
  const [formats, english] = [createFormats('vi'), createFormats('en')];
  assert.equal(comingText(coming, hourly, vi, formats), 'Kỳ 07:00–08:00 đang về: 1/10.056 đơn vị');
  assert.equal(comingText(coming, hourly, en, english), '07:00–08:00 coming in: 1/10,056 units');
  const ready = { ...coming, counted: 9_000, ready: true } as const;
  assert.equal(comingText(ready, hourly, vi, formats), 'Đã có kỳ mới hơn, 07:00–08:00: 9.000/10.056 đơn vị');
  assert.equal(comingText(ready, hourly, en, english), 'Newer period, 07:00–08:00: 9,000/10,056 units');
  assert.equal(comingText(coming, { every: 'hour', up: 'none' }, vi, formats), 'Kỳ 07:00–08:00 chưa công bố');
  assert.equal(comingText(undefined, hourly, vi, formats), undefined);
});

test('FG172 a ratio says of how many units no denominator is known, beside how many are in it, and a mean so of its weights', () => {
  const two = { vi: 'giường hồi sức', en: 'intensive care beds' };
  const coverageOf = (up: 'ratio' | 'weighted' | 'sum', unweighed?: number) =>
    stagedText(
      { ...createFormats('vi'), t: vi },
      {
        indicator: { name: two, unit: two, scale: 1, every: 'hour', up },
        ...{ value: null, coverage: { ...coverage, fresh: 3_000, none: 321 }, unweighed, oldest: null },
        ...{ period: today(7), at: today(8), root: 'vn' },
      },
    ).coverage;
  assert.equal(coverageOf('ratio', 3_321), '3.000/3.321 đơn vị, chưa rõ mẫu số');
  assert.equal(coverageOf('ratio', 1_200), '3.000/3.321 đơn vị, chưa rõ mẫu số của 1.200 đơn vị');
  assert.equal(coverageOf('weighted', 3_321), '3.000/3.321 đơn vị, chưa rõ trọng số');
  assert.equal(coverageOf('ratio'), '3.000/3.321 đơn vị');
  assert.equal(coverageOf('sum', 7), '3.000/3.321 đơn vị');
  const one = { up: 'ratio', unweighed: 1, coverage } as const;
  assert.equal(weighedText('3/4 units', one, en, createFormats('en')), '3/4 units, denominator not known of 1 unit');
});

test('FG172 each province on the stage says of how many of its units no denominator is known', () => {
  const two = { vi: '%', en: '%' };
  const text = stagedText(
    { ...createFormats('vi'), t: vi },
    {
      indicator: { name: two, unit: two, scale: 1, every: 'hour', up: 'ratio' },
      ...{ value: 873, coverage, unweighed: 159, oldest: null, period: today(7), at: today(8), root: 'vn' },
      unweighedIn: [
        ['01', 7],
        ['02', 152],
      ],
    },
  );
  const share = (code: string, have: number) => {
    const unit: StagedUnit = [code, 1, have, 152];
    const one = { unit, isLowest: false };
    return [text.share(one), text.shortShare(one)];
  };
  assert.deepEqual(share('01', 141), ['141/152 đơn vị, chưa rõ mẫu số của 7 đơn vị', '141/152 · 7 chưa rõ']);
  assert.deepEqual(share('02', 0), ['0/152 đơn vị, chưa rõ mẫu số', '0/152 · 152 chưa rõ']);
  assert.deepEqual(share('04', 152), ['152/152 đơn vị', '152/152']);
});

test('FG175 a rate says of how many units the number of people is not known', () => {
  const one = { up: 'ratio', unweighed: 1, coverage } as const;
  const rate = { vi: 'ca trên 100.000 dân', en: 'cases per 100,000 people' };
  assert.equal(
    weighedText('3/4 đơn vị', { ...one, unit: rate.vi }, vi, createFormats('vi')),
    '3/4 đơn vị, chưa rõ số dân của 1 đơn vị',
  );
  assert.equal(
    weighedText('3/4 units', { ...one, unit: rate.en }, en, createFormats('en')),
    '3/4 units, number of people not known of 1 unit',
  );
});
