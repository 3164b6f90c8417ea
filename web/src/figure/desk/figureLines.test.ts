import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureFrame } from '../../api/contract.ts';
import { extremesOf } from './extremesOf.ts';
import { linesOf } from './figureLines.ts';
import { patched, replaced } from './patched.ts';

const units = ['vn.1.a', 'vn.1.b', 'vn.2.c', 'vn.2.d', 'vn.2.e'];
const frame = {
  indicator: 'beds',
  period: 'p',
  units,
  values: [5, null, 9, 1, 20],
  states: 'fnlfs',
} as unknown as FigureFrame;
const places = [
  { key: '1', path: 'vn.1', name: '1', of: undefined, cells: [0, 1] },
  { key: '2', path: 'vn.2', name: '2', of: undefined, cells: [2, 3, 4] },
];
const keys = (by: 'unit' | 'value' | 'state', down = false) =>
  linesOf(frame, places, { by, down }).map(({ key }) => key);

test('the table has each tile and each cell of the map', () => {
  assert.deepEqual(keys('unit'), ['place 1', 'vn.1.a', 'vn.1.b', 'place 2', 'vn.2.c', 'vn.2.d', 'vn.2.e']);
});

test('sorted by value or state it has every cell, and who has no value is last in both directions', () => {
  assert.deepEqual(keys('value', true), ['vn.2.e', 'vn.2.c', 'vn.1.a', 'vn.2.d', 'vn.1.b']);
  assert.deepEqual(keys('value'), ['vn.2.d', 'vn.1.a', 'vn.2.c', 'vn.2.e', 'vn.1.b']);
  assert.deepEqual(keys('state'), ['vn.1.a', 'vn.2.d', 'vn.2.c', 'vn.2.e', 'vn.1.b']);
});

test('a stale value is at neither end, and of few units none is at both', () => {
  assert.deepEqual(extremesOf(frame, 'vn'), { high: [2, 0], low: [3] });
  assert.deepEqual(extremesOf(frame, 'vn.1'), { high: [0], low: [] });
});

test('both ends are as if all values were put in order, also where many units share one', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const values = Array.from({ length: seed }, (_, i) => ((i * 7919 + seed * 104_729) % 97) % 11);
    const many = { units: values.map((_, i) => `vn.${i}`), values, states: 'f'.repeat(seed) } as unknown as FigureFrame;
    const ordered = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
    const most = Math.min(5, Math.ceil(seed / 2));
    const low = ordered.slice(Math.max(most, seed - 5)).reverse();
    assert.deepEqual(extremesOf(many, 'vn'), { high: ordered.slice(0, most), low });
  }
});

test('a tick changes those cells that it names, and leaves another period alone', () => {
  const change = { indicator: 'beds', period: 'p', units: ['b', 'unknown', 'd'], values: [7, 1, null], states: 'ffn' };
  const { n, values, states } = patched(frame, [change], 5);
  assert.deepEqual([n, values, states], [5, [5, 7, 9, null, 20], 'fflns']);
  assert.equal(patched(frame, [{ ...change, period: 'q' }], 5), frame);
});

test('a frame that was read undoes no tick, and keeps the list of its units', () => {
  const now = { ...frame, n: 5 };
  const told = { ...frame, units: [...units] };
  assert.equal(replaced(now, { ...told, n: 4 }), now);
  assert.equal(replaced(now, { ...told, n: 6 }).units, now.units);
  assert.equal(replaced(now, { ...told, n: 1, period: 'q' }).n, 1);
  assert.deepEqual(replaced(now, { ...told, n: 6, units: units.slice(1) }).units, units.slice(1));
});
