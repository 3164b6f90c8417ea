import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { TrackSource } from '@livekit/protocol';
import type { Forwarding } from '../../domain/shared/whoSeesWhom.ts';
import type { Subscriber } from '../view/Subscriber.ts';
import { Subscription } from '../view/Subscription.ts';
import { cutViewers } from './cutViewers.ts';
import type { Publication } from './Publication.ts';

const VIEWERS = ['a', 'b', 'c'];

/** A sound and a picture that each of them has warm, and what the SFU and they are told from now on, in order. */
async function warmed() {
  const told: string[] = [];
  const place: { forwarding: Forwarding } = { forwarding: 'warm' };
  const track = (source: TrackSource): Publication =>
    ({
      ...{ sid: TrackSource[source], subscriptions: new Set(), isVideo: source === TrackSource.CAMERA, closed: false },
      info: { source, width: 1280, height: 720, layers: [] },
      publisher: { sid: 'PA' },
      states: { flowing: [TrackSource[source]], held: [] },
      media: { layers: 3 },
      demand: { move: () => undefined },
      received: () => undefined,
    }) as unknown as Publication;
  const tracks = [track(TrackSource.MICROPHONE), track(TrackSource.CAMERA)];
  for (const name of VIEWERS)
    for (const publication of tracks) {
      const viewer = {
        client: { adaptiveStream: false },
        viewing: { bandwidth: Number.POSITIVE_INFINITY, forwardingOf: () => place.forwarding },
        room: { capOf: () => undefined },
        outlet: { streamStates: ([sid]: string[]) => sid && told.push(`${name} is told of ${sid}`) },
        log: { debug: () => undefined },
      } as unknown as Subscriber;
      const media = {
        ...{ paused: true, on: () => undefined, setPreferredLayers: async () => undefined },
        resume: async () => {
          media.paused = false;
          told.push(`${publication.sid} to ${name}`);
        },
      };
      const subscription = new Subscription(viewer, publication, 'warm');
      subscription.opened(media as never);
      subscription.accept();
    }
  await turn();
  told.length = 0;
  return { told, place, tracks };
}

test('CL56 a cut brings the picture to all before the sound, and tells them after both', async () => {
  const { told, place, tracks } = await warmed();
  place.forwarding = 'live';
  await cutViewers(tracks);
  const steps = told.map((line) => line.replace(/\b[abc]\b/, 'all'));
  assert.deepEqual(steps, [
    ...VIEWERS.map(() => 'CAMERA to all'),
    ...VIEWERS.map(() => 'MICROPHONE to all'),
    ...VIEWERS.map(() => 'all is told of MICROPHONE'),
    ...VIEWERS.map(() => 'all is told of CAMERA'),
  ]);
});

test('CL56 whoever is told of the cut by the room first is told of it once', async () => {
  const { told, place, tracks } = await warmed();
  place.forwarding = 'live';
  const cut = cutViewers(tracks);
  for (const { subscriptions } of tracks)
    for (const subscription of subscriptions) void (subscription as Subscription).setForwarding('live');
  await cut;
  assert.deepEqual(
    told.filter((line) => line.includes('is told')).toSorted(),
    VIEWERS.flatMap((name) => [`${name} is told of CAMERA`, `${name} is told of MICROPHONE`]).toSorted(),
  );
});
