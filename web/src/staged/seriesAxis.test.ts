import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisOf } from './seriesAxis.ts';
import { seriesPath } from './seriesPath.ts';

const heights = (line: string): number[] => [...line.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));

test('FG171 the axis of a series begins at zero, also where values are below it', () => {
  assert.deepEqual(axisOf(1, 5), { bottom: 0, top: 5, isBroken: false });
  assert.deepEqual(axisOf(75, 100), { bottom: 0, top: 100, isBroken: false });
  assert.deepEqual(axisOf(-3, 5), { bottom: -3, top: 5, isBroken: false });
  assert.deepEqual(axisOf(-8, -2), { bottom: -8, top: 0, isBroken: false });
  assert.deepEqual(axisOf(0, 0), { bottom: 0, top: 0, isBroken: false });
  assert.deepEqual(axisOf(4, 4), { bottom: 0, top: 4, isBroken: false });
});

test('FG171 where values differ by less than a quarter of the largest it is broken, at the end that is nearer to zero', () => {
  assert.deepEqual(axisOf(76, 100), { bottom: 76, top: 100, isBroken: true });
  assert.deepEqual(axisOf(-100, -76), { bottom: -100, top: -76, isBroken: true });
});

test('FG171 on an axis from zero twice the value is twice as high, and the zero line lies at its foot', () => {
  const path = seriesPath([10, 20, 0], 100, 100, 0);
  assert.deepEqual(heights(path?.line ?? ''), [50, 0, 100]);
  assert.equal(path?.ground, 'M0 100H100');
});

test('FG171 values on both sides of zero have the zero line between them', () => {
  const path = seriesPath([-10, 30], 100, 100, 0);
  assert.equal(path?.ground, 'M0 75H100');
});

test('FG171 a broken axis is torn between the lowest value and the edge, below values and above negative ones', () => {
  const above = seriesPath([90, 100], 100, 100, 0);
  assert.deepEqual(heights(above?.line ?? ''), [80, 0]);
  assert.ok(heights(above?.ground ?? '').every((y) => y >= 90 && y <= 100));
  assert.ok(new Set(heights(above?.ground ?? '')).size > 1, 'teeth, and no straight line');
  const below = seriesPath([-90, -100], 100, 100, 0);
  assert.deepEqual(heights(below?.line ?? ''), [20, 100]);
  assert.ok(heights(below?.ground ?? '').every((y) => y >= 0 && y <= 10));
});
