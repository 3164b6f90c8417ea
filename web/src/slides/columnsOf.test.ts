import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLUMN_GAP, columnsOf, columnTop, OVERLAP } from './columnsOf.ts';

const A4 = 210 / 297;
const walls = [
  [1920, 1080],
  [3840, 1080],
  [2990, 1080],
] as const;

test('SL24 an upright page takes most of the width of a wall, and its letters are larger than on the whole page', () => {
  for (const [width, height] of walls) {
    const whole = columnsOf(A4, width, height, false);
    const cut = columnsOf(A4, width, height, true);
    assert.equal(whole.count, 1);
    const used = cut.width * cut.count + COLUMN_GAP * (cut.count - 1);
    assert.ok(used > width * 0.6 && used <= width + 1, `${width}x${height}: ${used}`);
    assert.ok(cut.height <= height + 1);
    assert.ok(cut.width > whole.width * 1.2, `${width}x${height}: ${cut.width} of ${whole.width}`);
  }
});

test('SL24 a page that fills the screen stays whole', () => {
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
    [390, 700],
  ] as const)
    assert.equal(columnsOf(16 / 9, width, height, true).count, 1);
  assert.equal(columnsOf(A4, 390, 600, true).count, 1);
  assert.equal(columnsOf(A4, 0, 0, true).width, 0);
});

test('SL24 columns show all of the page, and a strip of it twice at each cut', () => {
  for (const count of [2, 3]) {
    const share = 1 / count + OVERLAP;
    const tops = Array.from({ length: count }, (_, column) => columnTop(column, count));
    assert.equal(tops[0], 0);
    assert.ok(Math.abs((tops.at(-1) ?? 0) + share - 1) < 1e-9);
    for (const [i, top] of tops.slice(1).entries()) assert.ok((tops[i] ?? 0) + share > top);
  }
});
