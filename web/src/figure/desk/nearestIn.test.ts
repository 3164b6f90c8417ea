import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestIn } from './nearestIn.ts';

const tile = (code: string, x: number, y: number, width: number) => ({
  code,
  x,
  y,
  width,
  height: 20,
  across: 1,
  pitch: 5,
  rise: 5,
});
/** a b / c / d e */
const tiles = [
  tile('a', 0, 0, 50),
  tile('b', 54, 0, 100),
  tile('c', 90, 24, 40),
  tile('d', 0, 48, 60),
  tile('e', 64, 48, 80),
];
const go = (from: string, ...keys: string[]): string => keys.reduce((at, key) => nearestIn(tiles, at, key) ?? at, from);

test('arrows move within a row, and to what lies nearest in the row beside it', () => {
  assert.equal(go('a', 'ArrowRight'), 'b');
  assert.equal(go('b', 'ArrowDown'), 'c');
  assert.equal(go('c', 'ArrowDown'), 'e');
  assert.equal(go('e', 'ArrowLeft', 'ArrowUp'), 'c');
  assert.equal(go('a', 'Home', 'End'), 'e');
});

test('at an edge, and by other keys, nothing moves', () => {
  assert.equal(nearestIn(tiles, 'a', 'ArrowUp'), undefined);
  assert.equal(nearestIn(tiles, 'a', 'ArrowLeft'), undefined);
  assert.equal(nearestIn(tiles, 'a', 'x'), undefined);
});
