import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewOf } from '../../organisation/rosterView.ts';
import { placesOf } from './mapPlaces.ts';

const whole = viewOf({
  tiers: [],
  units: [
    ['vn', 'vn', 'nation', 'Việt Nam'],
    ['48', 'vn.48', 'province', 'Thành phố Đà Nẵng'],
    ['490', 'vn.48.490', 'district', 'Quận Liên Chiểu'],
    ['20194', 'vn.48.490.20194', 'commune', 'Phường Hòa Hiệp Bắc'],
    ['498', 'vn.48.498', 'district', 'Huyện Hoàng Sa'],
    ['56', 'vn.56', 'province', 'Tỉnh Khánh Hòa'],
    ['568', 'vn.56.568', 'district', 'Thành phố Nha Trang'],
    ['22327', 'vn.56.568.22327', 'commune', 'Phường Vĩnh Hòa'],
    ['576', 'vn.56.576', 'district', 'Huyện Trường Sa'],
    ['22736', 'vn.56.576.22736', 'commune', 'Thị trấn Trường Sa'],
  ],
});
const frame = {
  units: ['vn.48.490.20194', 'vn.48.498', 'vn.56.568.22327', 'vn.56.576.22736'],
};
const shownOf = (path: string, units: readonly string[] = frame.units, roster = whole) =>
  placesOf({ units: [...units] }, roster, path).places.map(({ name, of, cells }) => [name, of, cells]);

test('FG35 a view of the country has Hoàng Sa and Trường Sa by name, with their provinces, each with its own units', () => {
  assert.deepEqual(shownOf('vn'), [
    ['Thành phố Đà Nẵng', undefined, [0]],
    ['Tỉnh Khánh Hòa', undefined, [2]],
    ['Hoàng Sa', 'Đà Nẵng', [1]],
    ['Trường Sa', 'Khánh Hòa', [3]],
  ]);
});

test('FG35 they are there where nobody reports for them, and in a tree that has no unit for them', () => {
  const few = viewOf({
    tiers: [],
    units: [
      ['vn', 'vn', 'nation', 'Việt Nam'],
      ['01', 'vn.01', 'province', 'Thành phố Hà Nội'],
    ],
  });
  assert.deepEqual(shownOf('vn', ['vn.01'], few), [
    ['Thành phố Hà Nội', undefined, [0]],
    ['Hoàng Sa', 'Đà Nẵng', []],
    ['Trường Sa', 'Khánh Hòa', []],
  ]);
});

test('below the country a unit has what stands right below it, in path order', () => {
  assert.deepEqual(shownOf('vn.56'), [
    ['Thành phố Nha Trang', undefined, [2]],
    ['Huyện Trường Sa', undefined, [3]],
  ]);
});

test('another tree than that of Viet Nam has no archipelagos', () => {
  const other = viewOf({
    tiers: [],
    units: [
      ['x', 'x', 'a', 'X'],
      ['y', 'x.y', 'b', 'Y'],
    ],
  });
  assert.deepEqual(shownOf('x', ['x.y'], other), [['Y', undefined, [0]]]);
});
