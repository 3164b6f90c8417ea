import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markOf } from './markOf.ts';

test('FG27 what is marked is the unit of what is shown in which the chosen one lies', () => {
  assert.deepEqual(markOf('vn', 'provinces', 'vn.79'), { kind: 'unit', unit: '79' });
  assert.deepEqual(markOf('vn', 'provinces', 'vn.79.769.26734'), { kind: 'unit', unit: '79' });
  assert.deepEqual(markOf('vn', 'communes', 'vn.79.769.26734'), { kind: 'unit', unit: '26734' });
  assert.deepEqual(markOf('vn.79', 'communes', 'vn.79.769'), { kind: 'unit', unit: '769' });
  assert.equal(markOf('vn', 'provinces', 'vn'), null, 'the whole is no mark');
  assert.equal(markOf('vn.79', 'provinces', 'vn.01'), null, 'nor is what lies elsewhere');
});
