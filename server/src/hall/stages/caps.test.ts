import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cappedFrames, cappedLayer, isSameCap } from './caps.ts';

test('PN11 a cap takes layers and frames away, and gives none', () => {
  assert.deepEqual(
    [0, 1, 2].map((layer) => cappedLayer(layer, { layers: 2 })),
    [0, 1, 1],
  );
  assert.deepEqual(
    [0, 1, 2].map((layer) => cappedLayer(layer, undefined)),
    [0, 1, 2],
  );
  assert.equal(cappedLayer(2, { layers: 0 }), 0);
  const half = { layers: 1, halfFrames: true };
  assert.deepEqual(
    [undefined, 0, 1, 2].map((frames) => cappedFrames(frames, half)),
    [1, 0, 1, 1],
  );
  assert.equal(cappedFrames(undefined, { layers: 1 }), undefined);
});

test('PN11 a cap that says the same moves nobody', () => {
  assert.ok(isSameCap({ layers: 1 }, { layers: 1, halfFrames: false }));
  assert.ok(!isSameCap({ layers: 1 }, undefined));
  assert.ok(!isSameCap({ layers: 1 }, { layers: 1, halfFrames: true }));
});
