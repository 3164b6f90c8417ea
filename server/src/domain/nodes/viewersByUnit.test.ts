import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewersByUnit } from './viewersByUnit.ts';

test('PL12 viewers are counted by the unit below the root; who is at the root, or of no unit, is together', () => {
  const paths = ['vn.79.760.26734', 'vn.79', 'vn.01.001', 'vn', '', 'made.up', 'vn.'];
  const counts = viewersByUnit(paths, (path) => ['vn.79', 'vn.01'].includes(path));
  assert.deepEqual(counts, [
    ['vn.79', 2],
    ['vn.01', 1],
    ['', 4],
  ]);
});
