import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureFrame } from '../../api/contract.ts';
import { extremesOf } from './extremesOf.ts';

const frameOf = (values: (number | null)[], states = 'f'.repeat(values.length)): FigureFrame => ({
  ...{ indicator: 'beds-free', period: '2026-09-02T00:00:00.000Z', n: 4, root: 'vn', upper: [], values, states },
  units: values.map((_, i) => `vn.${i}`),
});

test('the highest and the lowest stand from their ends on, and of few units none is at both', () => {
  assert.deepEqual(extremesOf(frameOf([3, 9, 1]), 'vn'), { high: [1, 0], low: [2] });
  const many = extremesOf(frameOf(Array.from({ length: 40 }, (_, i) => (i * 7) % 40)), 'vn');
  assert.deepEqual(
    [many.high, many.low].map((cells) => cells.map((i) => (i * 7) % 40)),
    [
      [39, 38, 37, 36, 35],
      [0, 1, 2, 3, 4],
    ],
  );
});

test('FG11 what is stale or missing is at no end, and equals are at one each', () => {
  assert.deepEqual(extremesOf(frameOf([7, null, 8, 5, 6], 'fnsff'), 'vn'), { high: [0, 4], low: [3] });
  assert.deepEqual(extremesOf(frameOf(Array(12).fill(0)), 'vn'), { high: [0, 1, 2, 3, 4], low: [11, 10, 9, 8, 7] });
  assert.deepEqual(extremesOf(frameOf([]), 'vn'), { high: [], low: [] });
});
