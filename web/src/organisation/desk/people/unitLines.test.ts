import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewOf } from '../../rosterView.ts';
import { linesOf, territoryOf } from './unitLines.ts';

const territory = territoryOf(
  viewOf({
    tiers: [],
    units: [
      ['79', 'vn.79', 'province', 'Thành phố Hồ Chí Minh'],
      ['760', 'vn.79.760', 'district', 'Quận 1'],
      ['26734', 'vn.79.760.26734', 'commune', 'Phường Tân Định'],
      ['761', 'vn.79.761', 'district', 'Quận 12'],
      ['26767', 'vn.79.761.26767', 'commune', 'Phường Thạnh Xuân'],
    ],
  }),
);
const codes = (query: string, open: readonly string[] = []) =>
  linesOf(territory, query, (code) => open.includes(code)).map(({ unit }) => unit.code);

test('a tree shows what lies below open units only', () => {
  assert.deepEqual(codes(''), ['79']);
  assert.deepEqual(codes('', ['79']), ['79', '760', '761']);
  assert.deepEqual(codes('', ['79', '761']), ['79', '760', '761', '26767']);
  assert.deepEqual(codes('', ['761']), ['79'], 'not below one that is closed');
});

test('a search finds by name, by code and by what lies above, the name first', () => {
  assert.deepEqual(codes('tan dinh'), ['26734']);
  assert.deepEqual(codes('26767'), ['26767']);
  assert.deepEqual(codes('quan 12'), ['761', '26767']);
  assert.deepEqual(codes('nowhere'), []);
});
