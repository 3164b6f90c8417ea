import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classesOf, shadeOf } from './classes.ts';

const words = { vi: 'x', en: 'x' };

test('an indicator without cuts has five classes of as many units each, whatever few are far off', () => {
  const classes = classesOf({}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000_000, null]);
  assert.deepEqual(classes, { at: [3, 5, 7, 9], strong: 'high', told: false });
  assert.deepEqual(
    [1, 3, 6, 8, 1_000_000].map((value) => shadeOf(classes, value)),
    [0, 1, 2, 3, 4],
  );
});

test('what most units share is one class, and nothing is divided where all are equal or nobody reports', () => {
  assert.deepEqual(classesOf({}, [0, 0, 0, 0, 0, 0, 0, 0, 3, 9]).at, [3, 9]);
  const cases = [...Array(90).fill(0), ...Array(10).keys()];
  assert.deepEqual(classesOf({}, cases).at, [1, 4, 6, 8]);
  assert.deepEqual(classesOf({}, [7, 7, 7, null]), { at: [], strong: 'high', told: false, only: 7 });
  assert.deepEqual(classesOf({}, [null]), { at: [], strong: 'high', told: false });
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
