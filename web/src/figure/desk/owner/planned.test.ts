import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RowError } from '../../../api/contract.ts';
import { eachOnce, errorsOf, isRefusedWhole } from './planned.ts';

const counts = { fresh: 0, changed: 0, late: 0, unchanged: 0, held: 0, refused: 0 };
const error: RowError = { row: 2, column: 'unit', value: '1', reason: 'unknown-unit', say: { vi: '', en: '' } };

test('FG74 a file that says nothing new is not said to be refused whole because of one row', () => {
  assert.equal(isRefusedWhole({ ...counts, unchanged: 9, refused: 1 }), false);
  assert.equal(isRefusedWhole({ ...counts, unchanged: 9 }), false);
  assert.equal(isRefusedWhole({ ...counts, refused: 10 }), true);
});

test('FG74 as many errors are told as there are, not as many as rows were refused with them', () => {
  assert.equal(errorsOf({ errors: [error, error, error], refused: 10_056 }), 3);
  assert.equal(errorsOf({ errors: Array(1_000).fill(error), refused: 4_000 }), 4_000);
});

test('FG43 FG74 a cell that concerns several values of its row is told once, and two cells of a row are two', () => {
  const value = { ...error, column: 'value' as const, value: 'x', header: 'beds' };
  const told = eachOnce([error, error, { ...error, row: 3 }, value, { ...value, header: 'cases' }]);
  assert.deepEqual(
    told.map(({ row, header }) => [row, header]),
    [
      [2, undefined],
      [3, undefined],
      [2, 'beds'],
      [2, 'cases'],
    ],
  );
});
