import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, matches } from './nameSearch.ts';

test('marks, stacked marks and đ are folded', () => {
  assert.equal(fold('Phường Đồng Tiến, Quận Ngũ Hành Sơn'), 'phuong dong tien, quan ngu hanh son');
});

test('words match in any order, accents in the query or not', () => {
  const text = fold('Xã Tân Phú · Đồng Nai');
  assert.ok(matches(text, 'dong nai tan phu'));
  assert.ok(matches(text, 'Tân'));
  assert.ok(!matches(text, 'tan phu long an'));
});
