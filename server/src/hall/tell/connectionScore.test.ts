import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreOf } from './connectionScore.ts';

test('a line by its loss and delay', () => {
  const table: [number | undefined, number | undefined, number | undefined, string][] = [
    // loss up, loss down, round trip in ms
    [undefined, undefined, undefined, 'excellent'],
    [0, 0, 40, 'excellent'],
    [0.02, 0, 40, 'excellent'],
    [0.04, 0, 40, 'good'],
    [0, 0.08, 40, 'poor'],
    [0, 0, 500, 'good'],
    [0.01, 0.03, 600, 'poor'],
    [1, 1, 5_000, 'poor'],
  ];
  for (const [lossUp, lossDown, rttMs, expected] of table) {
    const { quality, score } = scoreOf({ lossUp, lossDown, rttMs, availableDown: undefined }, 'good');
    assert.equal(quality, expected, `${lossUp} ${lossDown} ${rttMs}: ${score}`);
    assert.ok(score >= 1 && score <= 5);
  }
});

test('a clean line that carries less than asked is a poor one', () => {
  const clean = { lossUp: 0, lossDown: 0, rttMs: 40, availableDown: undefined };
  const [reduced, soundOnly] = [scoreOf(clean, 'reduced'), scoreOf(clean, 'soundOnly')];
  assert.deepEqual([reduced.quality, soundOnly.quality], ['poor', 'poor']);
  assert.ok(soundOnly.score < reduced.score);
});
