import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountTree } from './CountTree.ts';

const tree = () => new CountTree(['in', 'out'], ['vn.01.1', 'vn.01.2', 'vn.79.760.3']);
const units = (rows: readonly { unit: string }[] | undefined) => rows?.map((row) => row.unit);

test('each counted unit counts once in every unit above it', () => {
  const counts = tree();
  counts.add('vn.01.1', { in: 1 });
  counts.add('vn.01.1', { in: -1, out: 1 });
  counts.add('vn.79.760.3', { in: 1 });
  assert.deepEqual(counts.count('vn'), { unit: 'vn', expected: 3, in: 1, out: 1 });
  assert.deepEqual(counts.count('vn.01'), { unit: '01', expected: 2, in: 0, out: 1 });
});

test('rows of a territory: its children, or all above the counted units; an unknown territory is empty', () => {
  const counts = tree();
  assert.deepEqual(units(counts.rows('vn')), ['vn', '01', '79']);
  assert.deepEqual(units(counts.rowsAbove('vn')), ['vn', '01', '79', '760']);
  assert.deepEqual(units(counts.rowsAbove('vn.79.760.3')), ['3']);
  assert.deepEqual(counts.rowsAbove('vn.48'), [{ unit: '48', expected: 0, in: 0, out: 0 }]);
});

test('what changed is told once, to those who watch, without the counted units below them', () => {
  const counts = tree();
  counts.add('vn.79.760.3', { in: 1 });
  const changed = counts.takeChangedAbove(new Set(['vn', 'vn.79', 'vn.01', 'vn.79.760.3']));
  assert.deepEqual([...changed.keys()].sort(), ['vn', 'vn.79', 'vn.79.760.3']);
  assert.deepEqual(units(changed.get('vn'))?.sort(), ['760', '79', 'vn']);
  assert.deepEqual(units(changed.get('vn.79.760.3')), ['3']);
  assert.equal(counts.takeChangedAbove(new Set(['vn'])).size, 0);
});

test('UN6 a counted unit among neighbours that are not counted has its row beside theirs, which add up to the one above', () => {
  const counts = new CountTree(['in', 'out'], ['vn.48.490.1', 'vn.48.490.2', 'vn.48.498', 'vn.49.1']);
  assert.deepEqual(units(counts.rowsAbove('vn')), ['vn', '48', '490', '498', '49']);
  const [province, ...children] = counts.rowsAbove('vn.48');
  assert.equal(
    province?.expected,
    children.reduce((sum, { expected }) => sum + expected, 0),
  );
  for (const path of ['vn.48.490.1', 'vn.48.498']) counts.add(path, { in: 1 });
  const changed = counts.takeChangedAbove(new Set(['vn', 'vn.48', 'vn.48.498']));
  assert.deepEqual(units(changed.get('vn'))?.sort(), ['48', '490', '498', 'vn']);
  assert.deepEqual(units(changed.get('vn.48'))?.sort(), ['48', '490', '498']);
  assert.deepEqual(units(changed.get('vn.48.498')), ['498']);
});

test('all count as the same thing to begin with, which is no change', () => {
  const counts = new CountTree(['in', 'out'], ['vn.01.1', 'vn.01.2'], 'out');
  assert.deepEqual(counts.count('vn'), { unit: 'vn', expected: 2, in: 0, out: 2 });
  assert.deepEqual(counts.count('vn.01.2'), { unit: '2', expected: 1, in: 0, out: 1 });
  assert.equal(counts.takeChangedAbove(new Set(['vn'])).size, 0);
});
