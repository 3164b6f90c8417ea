import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Unit, within } from '../../protocol/organisation.ts';
import { UnitIndex } from '../organisation/UnitIndex.ts';
import { readScope, scopeAnswer } from './readScope.ts';

const unit = (path: string): Unit => ({
  ...{ code: path.split('.').at(-1) ?? '', path, parent: path.split('.').at(-2) ?? null, tier: 't', name: path },
  ...{ validFrom: '2020-01-01', validTo: null },
});
const paths = ['vn', 'vn.01', 'vn.01.001', 'vn.01.001.00001', 'vn.01.001.00004', 'vn.79', 'vn.79.00007', 'vn.79.001x'];
const index = new UnitIndex('1', [], paths.map(unit));
const read = (cells: string[], root = 'vn') => readScope(index, cells, (path) => within(path, root));

test('BR10 codes are read as spreadsheets leave them, and each row that is none says why', () => {
  const { scope, problems } = read(['00004', ' 4 ', '', '7', 'nhà', '99', 'VN.1'], 'vn');
  assert.deepEqual(scope, ['vn.01.001.00004', 'vn.79.00007']);
  assert.deepEqual(
    problems.map(({ row, problem }) => [row, problem]),
    [
      [2, 'repeated'],
      [5, 'unknown'],
      [6, 'unknown'],
      [7, 'unknown'],
    ],
  );
  // Both the district 001 and the commune 00001 may be meant.
  assert.deepEqual(read(['1']).problems[0]?.problem, 'unknown');
  assert.deepEqual(read(['00007'], 'vn.01').problems, [{ row: 1, text: '00007', problem: 'outside' }]);
});

test('BR10 all of a subtree becomes that subtree, which says the same in fewer words', () => {
  assert.deepEqual(read(['00001', '00004']).scope, ['vn.01']);
  assert.deepEqual(read(['00001', '00004', '00007', '001x']).scope, ['vn']);
  assert.deepEqual(read(['01', '00001']).scope, ['vn.01']);
  assert.deepEqual(scopeAnswer(index, read(['00001', '00007'])), {
    scope: ['00001', '00007'],
    expected: 2,
    problems: [],
  });
});
