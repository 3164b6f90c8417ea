import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../../../test/support/randomOf.ts';
import { lastBefore } from './lastBefore.ts';

test('FG14 the value before is found among thousands of periods as it is by looking at each', () => {
  const random = randomOf(7);
  for (let i = 0; i < 500; i += 1) {
    const length = Math.floor(random() * 12);
    const sorted = Array.from({ length }, () => ({ period: Math.floor(random() * 20) })).sort(
      (a, b) => a.period - b.period,
    );
    for (let period = -1; period <= 20; period += 1)
      assert.equal(
        lastBefore(sorted, period),
        sorted.findLast((one) => one.period < period),
      );
  }
});
