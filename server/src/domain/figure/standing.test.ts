import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingOf, type SourceWord } from './counting.ts';
import { freshnessOf, lookedAt, missingIn } from './freshness.ts';
import { doubtOf, isAllSuspicious } from './holds.ts';
import { periodOf } from './periods.ts';

const word = (source: string, rank: number, good: number | null | undefined, held = false): SourceWord => ({
  ...{ source, rank, good, held },
});

for (const [says, words, counts] of [
  ['nobody', [], [undefined, undefined, false, false]],
  ['one', [word('a', 1, 5)], [5, 'a', false, false]],
  ['two that agree', [word('b', 2, 5), word('a', 1, 5)], [5, 'a', false, false]],
  ['two that differ', [word('b', 2, 4), word('a', 1, 14)], [14, 'a', false, true]],
  ['the better one has only what is held', [word('a', 1, undefined, true), word('b', 2, 4)], [4, 'b', true, false]],
  ['the better one has something newer that is held', [word('a', 1, 3, true)], [3, 'a', true, false]],
  ['the worse one is held', [word('a', 1, 3), word('b', 2, 9, true)], [3, 'a', false, true]],
  ['the better one says that there is none', [word('a', 1, null), word('b', 2, 4)], [null, 'a', false, false]],
  ['two of one rank', [word('b', 1, 4), word('a', 1, 4)], [4, 'a', false, false]],
  ['all are held', [word('a', 1, undefined, true)], [undefined, undefined, true, false]],
] as const)
  test(`FG8 what counts when there is: ${says}`, () => {
    const { value, source, held, contested } = countingOf(words);
    assert.deepEqual([value, source, held, contested], counts);
  });

for (const [apart, tolerance, contested] of [
  [1, undefined, true],
  [1, 0, true],
  [10, 10, false],
  [11, 10, true],
] as const)
  test(`FG8 two sources that are ${apart} apart, of ${tolerance} tolerated: contested ${contested}`, () => {
    for (const other of [14 - apart, 14 + apart])
      assert.equal(countingOf([word('a', 1, 14), word('b', 2, other)], tolerance).contested, contested);
  });

const hourly = { kind: 'stock', every: 'hour', dueSeconds: 600, staleSeconds: 7200 } as const;
const eight = Date.parse('2026-09-02T08:00+07:00');
const minutes = (n: number) => eight + n * 60_000;

for (const [after, state] of [
  [0, 'fresh'],
  [129, 'fresh'],
  [130, 'late'],
  [239, 'late'],
  [240, 'stale'],
  [99_999, 'stale'],
] as const)
  test(`FG11 the value of eight o'clock is ${state} ${after} minutes later`, () =>
    assert.equal(freshnessOf(hourly, eight, minutes(after)), state));

for (const [after, state] of [
  [60, 'none'],
  [69, 'none'],
  [70, 'late'],
  [179, 'late'],
  [180, 'none'],
] as const)
  test(`FG3 FG11 a unit without a value for eight o'clock is ${state} ${after} minutes later`, () =>
    assert.equal(missingIn(hourly, eight, minutes(after)), state));

test('FG11 what comes once is never late nor stale', () => {
  const once = { ...hourly, every: 'once' } as const;
  const period = periodOf('once', eight);
  assert.equal(freshnessOf(once, period, eight), 'fresh');
  assert.equal(missingIn(once, period, eight), 'none');
});

test('FG19 a past period is looked at as it stood when its values were due, the newest as it stands now', () => {
  assert.equal(lookedAt(hourly, eight, false, minutes(9_999)), minutes(70));
  assert.equal(lookedAt(hourly, eight, false, minutes(30)), minutes(30));
  assert.equal(lookedAt(hourly, eight, true, minutes(9_999)), minutes(9_999));
});

test('FG14 a value outside the soft band is held, and a cumulative one that falls', () => {
  const bounds = { hard: [0, 1000] as [number, number], soft: [0, 100] as [number, number] };
  const why = (of: Parameters<typeof doubtOf>[0], value: number, former?: number) => doubtOf(of, value, { former });
  assert.deepEqual(why({ kind: 'stock', bounds }, 101), { reason: 'band', beside: null });
  assert.equal(why({ kind: 'stock', bounds }, 100, 1000), undefined);
  assert.equal(why({ kind: 'stock' }, 5, 6), undefined);
  assert.deepEqual(why({ kind: 'cumulative' }, 5, 6), { reason: 'falls', beside: 6 });
  assert.equal(why({ kind: 'cumulative' }, 6, 6), undefined);
  assert.equal(why({ kind: 'cumulative' }, 5), undefined);
});

test('FG15 a batch is held whole when more than three of ten rows would be, unless it has a few rows', () => {
  assert.equal(isAllSuspicious(30, 100), false);
  assert.equal(isAllSuspicious(31, 100), true);
  assert.equal(isAllSuspicious(3, 3), false);
});
