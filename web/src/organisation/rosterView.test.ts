import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Roster } from '../api/contract.ts';
import { viewOf } from './rosterView.ts';

const unit = (path: string, name: string): Roster['units'][number] => [
  path.slice(path.lastIndexOf('.') + 1),
  path,
  ['country', 'province', 'district', 'commune'][path.split('.').length - 1] ?? '',
  name,
];
const roster: Roster = {
  tiers: [],
  units: [
    unit('vn', 'Việt Nam'),
    unit('vn.02', 'Tỉnh Hà Giang'),
    unit('vn.79', 'Thành phố Hồ Chí Minh'),
    unit('vn.79.760', 'Huyện 10'),
    unit('vn.79.760.1', 'Phường Đa Kao'),
    unit('vn.79.760.2', 'Phường Dân An'),
    unit('vn.79.761', 'Huyện 2'),
    unit('vn.79.761.3', 'Phường 11'),
    unit('vn.79.761.4', 'Phường 4'),
    unit('vn.79.762', 'Huyện 1'),
    unit('vn.91', 'Tỉnh An Giang'),
  ],
};

test('UN12 units below a province stand in natural order, provinces by their codes, and each after its parent', () => {
  const view = viewOf(roster);
  assert.deepEqual(
    [...view.byCode.values()].map(({ name }) => name),
    [
      ...['Việt Nam', 'Tỉnh Hà Giang', 'Thành phố Hồ Chí Minh'],
      ...['Huyện 1', 'Huyện 2', 'Phường 4', 'Phường 11', 'Huyện 10', 'Phường Dân An', 'Phường Đa Kao'],
      'Tỉnh An Giang',
    ],
  );
  assert.ok(view.rank('761') < view.rank('760'));
  assert.equal(view.rank('unknown'), roster.units.length);
});

test('UN12 a territory whose parents are not in its roster is in natural order too', () => {
  const view = viewOf({ tiers: [], units: roster.units.filter(([, path]) => path.startsWith('vn.79')) });
  assert.deepEqual(
    [...view.byCode.values()].map(({ name }) => name),
    [
      'Thành phố Hồ Chí Minh',
      ...['Huyện 1', 'Huyện 2', 'Phường 4', 'Phường 11', 'Huyện 10', 'Phường Dân An', 'Phường Đa Kao'],
    ],
  );
});
