import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LossMeter, ownLoss } from './LossMeter.ts';

test('many packets speak for themselves', () => {
  const meter = new LossMeter();
  assert.equal(meter.add(0, 1000), 0);
  assert.equal(meter.add(0.5, 1100), 0.5);
  assert.equal(meter.add(0, 1200), 0);
});

test('one lost of four in a second is not a quarter', () => {
  const meter = new LossMeter();
  for (let second = 1; second <= 6; second++) meter.add(0, second * 8);
  const loss = meter.add(0.25, 52);
  assert.ok(loss > 0 && loss < 0.05, `${loss}`);
});

test('after forget() the past is gone, and a few packets again say little', () => {
  const meter = new LossMeter();
  meter.add(0.9, 100);
  meter.add(0.9, 200);
  meter.forget();
  const loss = meter.add(0.5, 204);
  assert.ok(loss < 0.1, `${loss}`);
});

test('the first look counts, or a line that drowns from the start is seen late', () => {
  assert.equal(new LossMeter().add(0.8, 5), 0.8);
});

test('what the publisher’s line lost is not the viewer’s loss', () => {
  for (const [reported, lostBefore, own] of [
    [0.3, 0, 0.3],
    [0.3, 0.3, 0],
    [0.2, 0.3, 0],
    [0.5, 0.2, 0.375],
    [1, 1, 0],
  ] as const)
    assert.ok(Math.abs(ownLoss(reported, lostBefore) - own) < 1e-9, `${reported} of which ${lostBefore} before`);
});
