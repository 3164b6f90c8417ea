import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedWhere } from './countedWhere.ts';

test('FG57 units are counted in the place of the selection, or in the part of it that the reader leads', () => {
  const root = { unit: '79', path: 'vn.79', name: 'Thành phố Hồ Chí Minh' };
  const reads = (path: string, name: string) => countedWhere({ root }, { path, name });
  assert.equal(reads('vn', 'Việt Nam'), 'Thành phố Hồ Chí Minh');
  assert.equal(reads('vn.79', 'Thành phố Hồ Chí Minh'), 'Thành phố Hồ Chí Minh');
  assert.equal(reads('vn.79.760', 'Quận 1'), 'Quận 1');
});
