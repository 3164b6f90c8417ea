import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLine } from './placeName.ts';

test('inside a line the common noun of a unit is small, but not where it is part of the name', () => {
  for (const [name, line] of [
    ['Huyện Lạng Giang', 'huyện Lạng Giang'],
    ['Tỉnh Bắc Giang', 'tỉnh Bắc Giang'],
    ['Phường Tân Định', 'phường Tân Định'],
    ['Thị trấn Neo', 'thị trấn Neo'],
    ['Thị xã Sơn Tây', 'thị xã Sơn Tây'],
    ['Thành phố Thủ Đức', 'thành phố Thủ Đức'],
    ['Đặc khu Hoàng Sa', 'đặc khu Hoàng Sa'],
    ['Xã Ya Xiêr', 'xã Ya Xiêr'],
    ['Quận 1', 'Quận 1'],
    ['Phường 14', 'Phường 14'],
    ['Thành phố Hồ Chí Minh', 'Thành phố Hồ Chí Minh'],
    ['Xãm', 'Xãm'],
    ['Việt Nam', 'Việt Nam'],
  ] as const)
    assert.equal(inLine(name), line);
});
