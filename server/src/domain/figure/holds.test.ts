import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../../../test/support/randomOf.ts';
import { type Compared, doubtOf, type FirstWord, isHalfGone, isMostEnded } from './holds.ts';

const kind = 'stock' as const;
const jump = { kind, checks: { jump: { times: 10, floor: 50 } } };
const usual = { kind, checks: { usual: { floor: 5 } } };
const part = { kind, checks: { partOf: 'whole' } };

for (const [what, of, value, compared, reason] of [
  ['ten times the one before', jump, 1200, { former: 120 }, 'jump'],
  ['a tenth of it', jump, 12, { former: 120 }, 'jump'],
  ['less than ten times', jump, 1199, { former: 120 }, undefined],
  ['ten times, and within the floor', jump, 50, { former: 5 }, undefined],
  ['from nothing, over the floor', jump, 51, { former: 0 }, 'jump'],
  ['to nothing, over the floor', jump, 0, { former: 51 }, 'jump'],
  ['over to the other side of nothing', jump, -30, { former: 30 }, 'jump'],
  ['the first of its unit', jump, 5000, {}, undefined],
  ['a jump of an indicator that does not look', { kind }, 1200, { former: 1 }, undefined],
  ['six spreads from the median', usual, 160, { usual: { median: 100, spread: 10 } }, undefined],
  ['more than six', usual, 161, { usual: { median: 100, spread: 10 } }, 'unusual'],
  ['as far below it', usual, 39, { usual: { median: 100, spread: 10 } }, 'unusual'],
  ['always the same, and within the floor', usual, 105, { usual: { median: 100, spread: 0 } }, undefined],
  ['always the same, and beyond it', usual, 106, { usual: { median: 100, spread: 0 } }, 'unusual'],
  ['of a unit of which too little is known', usual, 9999, {}, undefined],
  ['a part as large as its whole', part, 7, { whole: 7 }, undefined],
  ['a part over its whole', part, 8, { whole: 7 }, 'over-whole'],
  ['a whole under its part', { kind }, 6, { part: 7 }, 'under-part'],
] as const)
  test(`FG14 ${what}: ${reason ?? 'it counts'}`, () => {
    const doubt = doubtOf(of as Parameters<typeof doubtOf>[0], value, compared as Compared);
    assert.equal(doubt?.reason, reason);
  });

test('FG14 a value is held with what it was compared with, and a value beside itself never is', () => {
  const random = randomOf(14);
  const number = () => Math.round((random() - 0.3) * 10 ** Math.floor(random() * 9));
  const of = { kind, checks: { jump: { times: 4, floor: 20 }, usual: { floor: 20 }, partOf: 'whole' } };
  for (let i = 0; i < 3_000; i += 1) {
    const [value, former, median, spread, whole] = [number(), number(), number(), Math.abs(number()), number()];
    const compared = { former, usual: { median, spread }, whole };
    // Slow and obvious: each condition in words of its own, on values that are moved to the same side of nothing.
    const apart = Math.abs(value - former) > 20;
    const far =
      Math.sign(value) !== Math.sign(former) ||
      Math.abs(value) >= 4 * Math.abs(former) ||
      4 * Math.abs(value) <= Math.abs(former);
    const reasons = [
      value > whole && 'over-whole',
      apart && far && 'jump',
      [...Array(6).keys()].reduce((left) => left - spread, Math.abs(value - median)) > 0 &&
        Math.abs(value - median) > 20 &&
        'unusual',
    ].filter((one) => one !== false);
    const doubt = doubtOf(of, value, compared);
    assert.equal(doubt?.reason, reasons[0], JSON.stringify({ value, ...compared }));
    const beside = { 'over-whole': whole, jump: former, unusual: median }[reasons[0] ?? ''];
    assert.equal(doubt?.beside, beside);
    assert.equal(doubtOf(of, value, { former: value, usual: { median: value, spread }, whole: value }), undefined);
  }
});

const words = (...units: (number | null)[]): FirstWord[] => units.map((count, i) => ({ period: i, units: count }));
for (const [what, units, known, gone] of [
  ['half are there', 500, words(1000, 1000, 1000), false],
  ['less than half', 499, words(1000, 1000, 1000), true],
  ['less than half of the most, and half of the fewest', 300, words(1000, 600, 1000), false],
  ['less than half, after one of a single row', 499, words(1000, 1000, 1, 1000), true],
  ['half, after one of a single row', 500, words(1000, 1, 1000), false],
  ['as many as in most of them', 10, words(1000, 10, 12, 10), false],
  ['it is known of two periods', 1, words(1000, 1000), false],
  ['it is known of three, of which one was not counted', 1, words(1000, 1000, null), false],
  ['it is a source of few units', 1, words(19, 19, 19), false],
  [
    'what was eight periods ago is no more looked at',
    1,
    words(100, 100, 100, null, null, null, null, null, null),
    false,
  ],
] as const)
  test(`FG15 units of the first batch of a period: ${what}`, () =>
    assert.equal(isHalfGone({ period: known.length, units }, known), gone));

test('FG15 what follows the first batch of a period is no measure, and is not measured', () => {
  const known = words(1000, 1000, 1000, 1000);
  assert.equal(isHalfGone({ period: 3, units: 1 }, known), false);
  assert.equal(isHalfGone({ period: 2, units: 1 }, words(1000, 1000)), false);
});

const counting = (own: number, others = 0): Map<string, boolean> =>
  new Map(Array.from({ length: own + others }, (_, i) => [`${i}`, i < own]));
const first = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
for (const [what, ended, counts, gone] of [
  ['all of its own', first(100), counting(100), true],
  ['half of its own', first(50), counting(100), false],
  ['more than half of its own', first(51), counting(100), true],
  ['of units that had none before', ['x', 'y', ...first(50)], counting(100), false],
  ['what others have said, by one who has said nothing', first(30), counting(0, 30), true],
  ['a few of what others have said, beside more of its own', first(10), counting(5, 10_000), false],
  ['as many units as make no batch', first(19), counting(19), false],
] as const)
  test(`FG144 a batch that ends ${what}`, () => assert.equal(isMostEnded(ended, counts), gone));
