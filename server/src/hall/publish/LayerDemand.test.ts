import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LayerDemand, wantedQualities } from './LayerDemand.ts';

const enabled = (top: number, layers: number) => wantedQualities(top, layers).map((w) => w.enabled);

test('layers up to the highest that somebody wants', () => {
  assert.deepEqual(enabled(-1, 3), [false, false, false]);
  assert.deepEqual(enabled(0, 3), [true, false, false]);
  assert.deepEqual(enabled(1, 3), [true, true, false]);
  assert.deepEqual(enabled(2, 3), [true, true, true]);
  assert.deepEqual(enabled(-1, 1), [false, false, false], 'a plain track that nobody wants');
  assert.deepEqual(enabled(0, 1), [true, true, true], 'a plain track is all or nothing');
});

test('more is asked for at once, less after a while, and a burst of changes asks for nothing', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const told: boolean[][] = [];
  const demand = new LayerDemand(3, (qualities) => told.push(qualities.map((q) => q.enabled)));
  demand.begin();
  demand.move(undefined, 0);
  demand.move(undefined, 1);
  assert.deepEqual(told, [], 'clients send everything until they are told otherwise');
  t.mock.timers.tick(6_000);
  assert.deepEqual(told, [[true, true, false]]);
  demand.move(0, 2);
  assert.deepEqual(told.at(-1), [true, true, true]);
  demand.move(2, undefined);
  t.mock.timers.tick(3_000);
  demand.move(undefined, 2);
  t.mock.timers.tick(10_000);
  assert.equal(told.length, 2, 'they came back before it was lowered');
  demand.move(2, undefined);
  demand.move(1, undefined);
  t.mock.timers.tick(6_000);
  assert.deepEqual(told.at(-1), [false, false, false]);
  assert.equal(demand.top, -1);
  demand.close();
});
