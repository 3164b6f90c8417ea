import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FigureCrossing, MOST_CROSSED } from '../../api/contract.ts';
import { crossedWith } from './crossedWith.ts';

const at = (unit: string, n: number): FigureCrossing => ({
  ...{ indicator: 'beds', unit, n, from: 0, to: 1, value: 5, at: '2026-11-26T10:00:00Z' },
});
const units = (list: readonly FigureCrossing[]) => list.map(({ unit, n }) => `${unit}${n}`).join(' ');

test('FG96 what crossed a border stands newest first, each once, and no more than are told at once', () => {
  const first = crossedWith([], [at('b', 2), at('a', 1)]);
  assert.equal(units(crossedWith(first, [at('c', 3), at('b', 2)])), 'c3 b2 a1');
  const many = Array.from({ length: MOST_CROSSED }, (_, i) => at('x', 1_000 - i));
  assert.equal(crossedWith(first, many).length, MOST_CROSSED);
});
