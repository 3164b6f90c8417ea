import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { TrackSource } from '@livekit/protocol';
import type { Forwarding } from '../../domain/shared/whoSeesWhom.ts';
import { goFirst, inTurn } from '../shared/inTurn.ts';
import { PictureWishes } from '../view/PictureWishes.ts';
import type { Subscriber } from '../view/Subscriber.ts';
import { Subscription } from '../view/Subscription.ts';
import { Cuts } from './Cuts.ts';
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
      const subscription = new Subscription(viewer, publication, 'warm', new PictureWishes(0));
      subscription.opened(media as never);
      subscription.accept();
    }
  await turn();
  told.length = 0;
  const cuts = new Cuts({ gather: () => () => void told.push('the workers are told') });
  return { told, place, tracks, cuts };
}

test('CL56 a cut brings the picture to all before the sound, and tells them after both', async () => {
  const { told, place, tracks, cuts } = await warmed();
  place.forwarding = 'live';
  await cuts.of(tracks);
  const steps = told.map((line) => line.replace(/\b[abc]\b/, 'all'));
  assert.deepEqual(steps, [
    ...VIEWERS.map(() => 'CAMERA to all'),
    'the workers are told',
    ...VIEWERS.map(() => 'MICROPHONE to all'),
    'the workers are told',
    ...VIEWERS.map(() => 'all is told of MICROPHONE'),
    ...VIEWERS.map(() => 'all is told of CAMERA'),
  ]);
});

test('CL56 whoever is told of the cut by the room first is told of it once', async () => {
  const { told, place, tracks, cuts } = await warmed();
  place.forwarding = 'live';
  const cut = cuts.of(tracks);
  for (const { subscriptions } of tracks)
    for (const subscription of subscriptions) void (subscription as Subscription).setForwarding('live');
  await cut;
  assert.deepEqual(
    told.filter((line) => line.includes('is told')).toSorted(),
    VIEWERS.flatMap((name) => [`${name} is told of CAMERA`, `${name} is told of MICROPHONE`]).toSorted(),
  );
});

test('CL61 who comes on the air and who goes off in one turn are one cut, and a later one waits until the workers were told of it', async () => {
  const { told, place, tracks, cuts } = await warmed();
  place.forwarding = 'live';
  const [sound, picture] = tracks as [Publication, Publication];
  const both = [cuts.of([sound]), cuts.of([picture])];
  await turn();
  await turn();
  const later = cuts.of([]).then(() => cuts.of(tracks));
  await Promise.all([...both, later]);
  const before = told.slice(0, told.lastIndexOf('the workers are told'));
  const steps = before.flatMap((line) => (line.includes('is told of') ? [] : line.replace(/\b[abc]\b/, 'all')));
  assert.deepEqual(steps, [
    ...VIEWERS.map(() => 'CAMERA to all'),
    'the workers are told',
    ...VIEWERS.map(() => 'MICROPHONE to all'),
    'the workers are told',
    'the workers are told',
  ]);
});

test('CL61 what else is told to each of many waits until the workers were told of a cut', async () => {
  const { told, place, tracks, cuts } = await warmed();
  place.forwarding = 'live';
  const cut = cuts.of(tracks);
  await inTurn(
    VIEWERS,
    (name) => void told.push(`${name} is told something else`),
    () => false,
  );
  const workers = told.lastIndexOf('the workers are told');
  assert.ok(workers >= 0 && workers < told.findIndex((line) => line.endsWith('something else')), told.join(', '));
  await cut;
});

test('CL61 cuts of which always one more goes on keep nobody from a share of the loop', async () => {
  const [one, another] = [goFirst(), goFirst()];
  const told: string[] = [];
  const telling = inTurn(
    VIEWERS,
    (name) => void told.push(name),
    () => false,
  );
  await turn();
  assert.deepEqual(told, []);
  one();
  await turn();
  assert.deepEqual(told, VIEWERS);
  another();
  await telling;
});
