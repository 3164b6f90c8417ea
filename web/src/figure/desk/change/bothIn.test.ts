import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bothIn } from './bothIn.ts';

test('FG97 FG126 a change of a sum is told with how many units it is of, and one of what was announced with none', () => {
  assert.equal(bothIn({ up: 'sum' }, { both: 9_871 }), 9_871);
  assert.equal(bothIn({ up: 'sum' }, { both: 0 }), 0);
  assert.equal(bothIn({ up: 'none' }, { both: 0 }), undefined);
  assert.equal(bothIn({ up: 'sum' }, undefined), undefined);
});
