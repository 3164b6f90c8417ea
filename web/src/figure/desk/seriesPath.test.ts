import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedIn } from '../../api/contract.ts';
import { seriesPath } from '../../staged/seriesPath.ts';
import { changeOf } from '../standing.ts';

test('a period without a value is a gap in the line, and no zero', () => {
  const path = seriesPath([1, 3, null, 2, null, 5], 100, 20, 0);
  assert.equal(path?.line, 'M0 16L20 8M60 12M100 0');
  assert.deepEqual(path?.dots, [
    [60, 12],
    [100, 0],
  ]);
  assert.deepEqual([path?.least, path?.most], [1, 5]);
});

test('a level series lies at the top of an axis from zero, zeros at its foot; one without a value is none', () => {
  assert.equal(seriesPath([4, 4], 10, 20, 0)?.line, 'M0 0L10 0');
  assert.equal(seriesPath([0, 0], 10, 20, 0)?.line, 'M0 20L10 20');
  assert.equal(seriesPath([null], 10, 20), undefined);
});

test('a change is told in steps, and as a share where there was something before', () => {
  assert.deepEqual(changeOf({ value: 120, former: 100 }), { steps: 20, permille: 200 });
  assert.deepEqual(changeOf({ value: 3, former: 0 }), { steps: 3, permille: undefined });
  assert.equal(changeOf({ value: 3, former: null }), undefined);
});

test('what counts is fresh, late, held or contested', () => {
  assert.equal(countedIn({ expected: 21, fresh: 1, late: 2, held: 4, contested: 8, stale: 3, none: 3 }), 15);
});
