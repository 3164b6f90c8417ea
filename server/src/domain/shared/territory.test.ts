import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liesIn, outermost, upFrom } from './territory.ts';

test('upwards from a unit, nearest first', () => {
  assert.deepEqual([...upFrom('vn.79.10001')], ['vn.79.10001', 'vn.79', 'vn']);
  assert.deepEqual([...upFrom('vn')], ['vn']);
});

test('in a territory is its root and what is below it, not a neighbour whose code begins alike', () => {
  const roots = new Set(['vn.79', 'vn.1']);
  assert.deepEqual(
    ['vn.79', 'vn.79.1', 'vn.1.2.3', 'vn', 'vn.7', 'vn.790', 'vn.10'].filter((path) => liesIn(path, roots)),
    ['vn.79', 'vn.79.1', 'vn.1.2.3'],
  );
});

test('RC1 DR6 of overlapping subtrees the outermost are left, once', () => {
  assert.deepEqual(outermost(['vn.79.1', 'vn.79', 'vn.79', 'vn.790', 'vn.1.2']), ['vn.79', 'vn.790', 'vn.1.2']);
});
