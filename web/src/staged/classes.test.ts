import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classesOf, classesOfSums, shadeOf } from './classes.ts';

const words = { vi: 'x', en: 'x' };

test('FG164 an indicator without cuts has classes at round numbers, within which values are alike: what is far off has its own', () => {
  const provinces = [3, 5, 8, 12, 14, 20, 22, 31, 40, 55, 60, 81, 90, 110, 140, 211, 260, 380, 512, 5_444];
  const classes = classesOf({}, [...provinces, null]);
  assert.equal(classes.at.length, 4);
  for (const border of classes.at) assert.match(String(border), /^[125]0*$/);
  assert.notEqual(shadeOf(classes, 81), shadeOf(classes, 5_444), 'a sixtieth of it has another colour');
  assert.equal(shadeOf(classes, 5_444), 4);
  const shares = classesOf({}, [62, 64, 71, 73, 75, 82, 84, 91, 93, 97]);
  assert.ok(shares.at.every((border) => border > 62 && border <= 97));
  assert.deepEqual(
    new Set([62, 73, 83, 92, 97].map((value) => shadeOf(shares, value))).size,
    5,
    'of values that are not skewed differences count, and not how many times they are apart',
  );
});

test('FG164 no class is without a value, and nothing is divided where all are equal or nobody reports', () => {
  assert.deepEqual(classesOf({}, [0, 0, 0, 0, 0, 0, 0, 0, 3, 9]).at, [3, 9]);
  const cases = [...Array(90).fill(0), ...Array(10).keys()];
  const { at } = classesOf({}, cases);
  const bounds = [0, ...at, Number.POSITIVE_INFINITY];
  for (const [i, from] of bounds.slice(0, -1).entries())
    assert.ok(cases.some((value) => value >= from && value < (bounds[i + 1] ?? 0)));
  assert.deepEqual(classesOf({}, [7, 7, 7, null]), { at: [], strong: 'high', told: false, only: 7 });
  assert.deepEqual(classesOf({}, [null]), { at: [], strong: 'high', told: false });
});

test('FG164 borders that somebody has set for units divide sums only where these are of their size; which end is bad holds for both', () => {
  const cuts = { at: [10, 20], words: [words, words, words], worse: 'down' as const };
  const unit = (vi: string) => ({ vi, en: vi });
  assert.deepEqual(classesOfSums({ cuts, unit: unit('%') }, [1, 2]).at, [10, 20]);
  const rate = { cuts, unit: unit('ca trên 100.000 dân'), up: 'ratio' } as const;
  assert.deepEqual(classesOfSums(rate, [1, 2]).at, [10, 20], 'a rate of a province is as large as one of its communes');
  assert.deepEqual(classesOfSums({ ...rate, up: 'none' }, [1, 2]).told, false);
  const sums = classesOfSums({ cuts, unit: unit('giường') }, [100, 200]);
  assert.deepEqual([sums.at, sums.told, sums.strong], [[200], false, 'low']);
});

test('cuts are taken as they are set, and the worse end is the strong one', () => {
  const cuts = { at: [10, 20], words: [words, words, words] };
  const up = classesOf({ cuts: { ...cuts, worse: 'up' } }, [1, 2]);
  const down = classesOf({ cuts: { ...cuts, worse: 'down' } }, [1, 2]);
  assert.deepEqual(
    [9, 10, 20].map((value) => shadeOf(up, value)),
    [0, 2, 4],
  );
  assert.deepEqual(
    [9, 10, 20].map((value) => shadeOf(down, value)),
    [4, 2, 0],
  );
});
