import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentOf, percentText } from './percentOf.ts';

const shares: readonly [part: number, of: number, near: number | undefined, below: number | undefined][] = [
  [0, 0, undefined, undefined],
  [0, 2_375, 0, 0],
  [1, 10_051, 1, 1],
  [2, 2_375, 1, 1],
  [2_373, 2_375, 99, 99],
  [10_050, 10_051, 99, 99],
  [10_051, 10_051, 100, 100],
  [1, 3, 33, 33],
  [2, 3, 67, 66],
  [797, 1_000, 80, 79],
  [800, 1_000, 80, 80],
  // A clock that jumps is no reason for 103 %.
  [103, 100, 100, 100],
  [-1, 100, 0, 0],
];

test('AT14 a share is 0 or 100 per cent only when it is nothing or all', () => {
  for (const [part, of, near, below] of shares) {
    assert.equal(percentOf(part, of), near, `${part} of ${of}`);
    assert.equal(percentOf(part, of, Math.floor), below, `${part} of ${of}, not more than it is`);
  }
});

test('AT14 a share of less than one per cent, or of all but less than one, is read as such', () => {
  const read: readonly [part: number, of: number, share: string | undefined][] = [
    [0, 0, undefined],
    [0, 2_376, '0'],
    [1, 2_376, '<1'],
    [1, 101, '<1'],
    [1, 100, '1'],
    [3, 273, '1'],
    [99, 100, '99'],
    [100, 101, '>99'],
    [10_050, 10_051, '>99'],
    [10_051, 10_051, '100'],
  ];
  for (const [part, of, share] of read) assert.equal(percentText(part, of), share, `${part} of ${of}`);
});

test('AT14 of any number of units, one more or less is told apart from none and all', () => {
  for (let of = 2; of <= 10_056; of++) {
    assert.deepEqual([percentOf(0, of), percentOf(of, of)], [0, 100]);
    for (const part of [1, of - 1]) {
      const share = percentOf(part, of) ?? 0;
      assert.ok(share > 0 && share < 100, `${part} of ${of}: ${share}`);
    }
  }
});
