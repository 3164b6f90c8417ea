import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issuerOf } from './issuerOf.ts';

test('a directive names the office that gives it, and where that is unless everybody knows', () => {
  const nation = { unit: 'vn', path: 'vn', name: 'Việt Nam' };
  const province = { unit: '75', path: 'vn.75', name: 'Tỉnh Đồng Nai' };
  for (const [by, issuer, expected] of [
    ['Thủ tướng Chính phủ', nation, 'Thủ tướng Chính phủ'],
    ['Ban Điều hành Tỉnh Đồng Nai', province, 'Ban Điều hành Tỉnh Đồng Nai'],
    ['Văn phòng UBND', province, 'Văn phòng UBND, Tỉnh Đồng Nai'],
  ] as const)
    assert.equal(issuerOf({ by, issuer }), expected);
});
