import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rollcallWords } from '../words/rollcall.vi.ts';
import { settledElsewhere } from './settledElsewhere.ts';

const t = rollcallWords.in('vi');
const time = () => '09:41:07';
const at = '2026-11-27T02:41:07Z';
const by = 'Ban Điều hành Quận 1';

test('RC31 who was excused, or whose answer an official wrote down, is told so, and not that the unit answered', () => {
  const said = (state: 'official' | 'excused' | 'answered') => settledElsewhere({ state, at, by }, t, time);
  assert.equal(said('excused'), 'Đã ghi nhận lúc 09:41:07. Ban Điều hành Quận 1 cho phép vắng');
  assert.equal(said('official'), 'Đã ghi nhận lúc 09:41:07. Ban Điều hành Quận 1 ghi theo điện thoại');
  assert.equal(said('answered'), 'Đơn vị đã trả lời điểm danh ở máy khác lúc 09:41:07');
});
