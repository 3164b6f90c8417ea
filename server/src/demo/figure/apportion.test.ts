import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apportion } from './apportion.ts';
import { Dice } from './Dice.ts';

test('parts are whole, next to their shares, and their sum is exact', () => {
  const dice = new Dice(1, 'apportion');
  for (let round = 0; round < 500; round++) {
    const weights = Array.from({ length: 1 + dice.below(40) }, () =>
      dice.chance(0.2) ? 0 : Math.exp(9 * dice.next()),
    );
    weights.push(1);
    const total = dice.below(10 ** dice.below(7));
    const sum = weights.reduce((a, b) => a + b);
    const parts = apportion(total, weights);
    assert.equal(
      parts.reduce((a, b) => a + b),
      total,
    );
    for (const [i, part] of parts.entries()) {
      const share = (total * (weights[i] as number)) / sum;
      assert.ok(Number.isInteger(part) && Math.abs(part - share) <= 1, `${part} of ${share}`);
      if (weights[i] === 0) assert.equal(part, 0);
    }
  }
});

test('nobody can be given what is there', () => {
  assert.deepEqual(apportion(0, [0, 0]), [0, 0]);
  assert.throws(() => apportion(3, [0, 0]), /cannot be divided/);
});
