import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeColumn } from './codeColumn.ts';

test('codes are found by their heading, or by their form, and rows keep their numbers', () => {
  const names = ['Xã A', 'Xã B'];
  assert.deepEqual(
    codeColumn([
      ['STT', 'Mã đơn vị', 'Tên'],
      [1, '00001', names[0]],
      [2, null, names[1]],
      [3, 4, ''],
    ]),
    ['', '00001', '', '4'],
  );
  assert.deepEqual(
    codeColumn([
      ['Tên', 'Số hiệu'],
      [names[0], '00001'],
      [names[1], '00004'],
    ]),
    ['', '00001', '00004'],
  );
  assert.deepEqual(codeColumn([['00001'], ['nhầm'], [7]]), ['00001', 'nhầm', '7']);
  assert.deepEqual(codeColumn([]), []);
});
