import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TrackSource, VideoQuality } from '@livekit/protocol';
import type { Forwarding } from '../../domain/shared/whoSeesWhom.ts';
import type { Publication } from '../publish/Publication.ts';
import type { TrackSettings } from './layers.ts';
import { PictureWishes, WISHES_AT_ONCE } from './PictureWishes.ts';
import type { Subscriber } from './Subscriber.ts';
import { Subscription } from './Subscription.ts';

const PER_MINUTE = 20;

/** A track of three layers, and what the SFU is told of it. */
class Media {
  paused = true;
  layers: unknown;
  /** That the SFU has to ask the publisher for. */
  pictures = 0;
  on(): void {}
  close(): void {}
  async pause() {
    this.paused = true;
  }
  async resume() {
    this.pictures += 1;
    this.paused = false;
  }
  async setPreferredLayers(layers: unknown) {
    if (!this.paused) this.pictures += 1;
    this.layers = layers;
  }
  async setPriority() {}
}
const shown: TrackSettings = {
  ...{ disabled: false, quality: VideoQuality.HIGH, width: 1280, height: 720, fps: 0, priority: 0 },
};

/** A viewer who has agreed to it, with what they were told: whether it is held back. */
function viewed(source: TrackSource, forwarding: Exclude<Forwarding, 'none'>, now?: () => number) {
  const media = new Media();
  const told: boolean[] = [];
  const demands: (number | undefined)[] = [];
  const publication = {
    ...{ sid: 'TR', subscriptions: new Set(), isVideo: source !== TrackSource.MICROPHONE, muted: false },
    info: { source, width: 1280, height: 720, layers: [] },
    publisher: { sid: 'PA' },
    states: { flowing: [{ paused: false }], held: [{ paused: true }] },
    media: { layers: 3 },
    demand: { move: (_: unknown, to: number | undefined) => demands.push(to) },
    received: () => undefined,
  } as unknown as Publication;
  const viewer = {
    client: { adaptiveStream: true },
    viewing: { bandwidth: Number.POSITIVE_INFINITY },
    room: { capOf: () => undefined },
    outlet: { streamStates: ([state]: { paused: boolean }[]) => told.push(state?.paused ?? false) },
    log: { debug: () => undefined },
  } as unknown as Subscriber;
  const subscription = new Subscription(viewer, publication, forwarding, new PictureWishes(PER_MINUTE, now));
  subscription.opened(media as never);
  subscription.accept();
  return { subscription, media, told, demands };
}

test('TR16 of a camera on the stage above nothing is sent until it is asked for, then its lowest layer at half the frames', async () => {
  const { subscription, media, told, demands } = viewed(TrackSource.CAMERA, 'aside');
  await subscription.apply();
  assert.equal(media.paused, true);
  subscription.set(shown);
  await subscription.apply();
  assert.deepEqual([media.paused, media.layers], [false, { spatial: 0, temporal: 1 }]);
  assert.equal(demands.at(-1), 2, 'what is needed on air is kept coming');
  subscription.set({ ...shown, disabled: true });
  await subscription.apply();
  assert.equal(media.paused, true);
  assert.deepEqual(told, [true, false, true]);
});

test('TR16 a sound and a screen of the stage above are never sent', async () => {
  for (const source of [TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO]) {
    const { subscription, media } = viewed(source, 'aside');
    subscription.set(shown);
    await subscription.apply();
    assert.equal(media.paused, true, TrackSource[source]);
  }
});

test('TR16 a cut to the stage above and away from it is a change of layers', async () => {
  const { subscription, media } = viewed(TrackSource.CAMERA, 'aside');
  subscription.set(shown);
  await subscription.setForwarding('live');
  assert.deepEqual([media.paused, media.layers], [false, { spatial: 2 }]);
  await subscription.setForwarding('aside');
  assert.deepEqual([media.paused, media.layers], [false, { spatial: 0, temporal: 1 }]);
  await subscription.setForwarding('warm');
  assert.equal(media.paused, true);
});

test('a wish that comes while the one before is brought to the SFU, or has just been, is not lost', async () => {
  for (let ticks = 0; ticks < 12; ticks++) {
    const { subscription, media } = viewed(TrackSource.MICROPHONE, 'warm');
    for (let tick = 0; tick < ticks; tick++) await undefined;
    await subscription.setForwarding('live');
    assert.equal(media.paused, false, `after ${ticks} ticks`);
  }
});

test('FB6 a viewer who switches layers or the picture itself to and fro is answered within their budget, and has their last wish', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  const { subscription, media } = viewed(TrackSource.CAMERA, 'live', () => now);
  await subscription.apply();
  for (let i = 0; i < 100; i++) {
    subscription.set({ ...shown, quality: (i + 1) % 3, width: 0, height: 0 });
    await subscription.apply();
    subscription.set({ ...shown, disabled: true });
    await subscription.apply();
  }
  assert.equal(media.paused, true, 'to stop is never put off');
  assert.equal(media.pictures, WISHES_AT_ONCE);
  subscription.set({ ...shown, quality: VideoQuality.MEDIUM, width: 0, height: 0 });
  subscription.set({ ...shown, quality: VideoQuality.LOW, width: 0, height: 0 });
  await subscription.apply();
  assert.equal(media.paused, true);
  now += 60_000 / PER_MINUTE + 1;
  t.mock.timers.tick(60_000 / PER_MINUTE + 1);
  await subscription.apply();
  assert.deepEqual([media.paused, media.layers], [false, { spatial: VideoQuality.LOW }]);
});
