import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { type TestContext, test } from 'node:test';
import { watchLateLayers } from './lateLayers.ts';

type Watched = Parameters<typeof watchLateLayers>[0];

/** A consumer whose worker answers at once and changes nothing by itself. */
function consumer() {
  const wishes: number[] = [];
  const events = new EventEmitter();
  const state = {
    type: 'simulcast',
    kind: 'video',
    closed: false,
    paused: false,
    producerPaused: false,
    preferredLayers: { spatialLayer: 2, temporalLayer: 2 },
    currentLayers: { spatialLayer: 1, temporalLayer: 2 } as { spatialLayer: number; temporalLayer: number } | undefined,
    score: { score: 10, producerScore: 10, producerScores: [10, 10, 0] },
    on: events.on.bind(events),
    observer: new EventEmitter(),
    setPreferredLayers: async (layers: { spatialLayer: number }) => void wishes.push(layers.spatialLayer),
  };
  watchLateLayers(state as unknown as Watched);
  const fTopLayer = (score: number) => {
    state.score = { ...state.score, producerScores: [10, 10, score] };
    events.emit('score', state.score);
  };
  return { state, wishes, events, fTopLayer };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));
const mock = (t: TestContext) => t.mock.timers.enable({ apis: ['setTimeout'] });

test('a late layer that the worker leaves aside is asked for again, by wishing down and up', async (t) => {
  mock(t);
  const { wishes, fTopLayer } = consumer();
  fTopLayer(10);
  t.mock.timers.tick(1_499);
  assert.deepEqual(wishes, []);
  t.mock.timers.tick(1);
  assert.deepEqual(wishes, [1, 2]);
});

test('nothing is done when the worker takes it in time, or it is not there, or nothing is sent', async (t) => {
  mock(t);
  const { state, wishes, events, fTopLayer } = consumer();
  fTopLayer(0);
  t.mock.timers.tick(60_000);
  fTopLayer(10);
  state.currentLayers = { spatialLayer: 2, temporalLayer: 2 };
  events.emit('layerschange', state.currentLayers);
  t.mock.timers.tick(60_000);
  state.currentLayers = { spatialLayer: 1, temporalLayer: 2 };
  state.paused = true;
  fTopLayer(9);
  t.mock.timers.tick(60_000);
  assert.deepEqual(wishes, []);
});

test('a viewer who gets no layer while some layer is sent is helped too, unless the publisher paused it', async (t) => {
  mock(t);
  const { state, wishes, events } = consumer();
  state.currentLayers = undefined;
  state.producerPaused = true;
  events.emit('layerschange', undefined);
  t.mock.timers.tick(60_000);
  assert.deepEqual(wishes, []);
  state.producerPaused = false;
  events.emit('layerschange', undefined);
  t.mock.timers.tick(1_500);
  assert.deepEqual(wishes, [0, 2]);
  await settle();
  state.preferredLayers = { spatialLayer: 0, temporalLayer: 2 };
  t.mock.timers.tick(1_500);
  assert.deepEqual(wishes, [0, 2, 1, 0]);
});

test('it pushes a few times, less and less often, and begins anew when the layer changed', async (t) => {
  mock(t);
  const { wishes, events, fTopLayer } = consumer();
  fTopLayer(10);
  for (let i = 0; i < 10; i++) {
    t.mock.timers.tick(60_000);
    await settle();
  }
  assert.equal(wishes.length, 12);
  events.emit('layerschange');
  t.mock.timers.tick(1_500);
  assert.equal(wishes.length, 14);
});
