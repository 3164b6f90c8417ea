import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import { channelOf } from '../../../src/media/sfu/line/workerChannel.ts';
import type { TrackConsumer } from '../../../src/media/sfu/track/TrackConsumer.ts';
import type { TrackProducer } from '../../../src/media/sfu/track/TrackProducer.ts';
import { switchConsumers } from '../../../src/media/sfu/worker/switchConsumers.ts';
import { transmit } from '../../support/camera.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { PlainSink, PlainSource } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

const mediaCodecs: ms.RouterRtpCodecCapability[] = [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }];
const VIEWERS = 50;
/** Lengths of packets that no other has. */
const [TOO_LATE, FIRST] = [140, 150];

after(cleanup);

test('CL60 viewers who are told together ask for one picture and all get it; those who are gone are passed over', async (t) => {
  const worker = await patchedWorker('12-switches');
  t.after(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs });
  const open = async (ssrc: number) => {
    const camera = await PlainSource.create(router, [ssrc], { keyFrameRequestDelay: 60_000 });
    t.after(() => camera.close());
    await until('the worker to see the camera', async () => {
      camera.frame();
      return (await camera.seen()) === 1;
    });
    return camera;
  };
  const [former, next] = [await open(3001), await open(4001)];
  const watch = async ({ producer }: PlainSource, paused: boolean) => {
    const viewer = await PlainSink.create(router, producer, 0, { paused });
    t.after(() => viewer.close());
    return viewer;
  };
  const audience = (camera: PlainSource, paused: boolean) =>
    Promise.all(Array.from({ length: VIEWERS }, () => watch(camera, paused)));
  const ids = (viewers: readonly PlainSink[]) => viewers.map(({ consumer }) => consumer.id);
  const got = ({ packets }: PlainSink, length: number) => packets.some((packet) => packet.length === length);

  const [all, witness] = [await audience(former, false), await watch(former, false)];
  await until('the former camera everywhere', () => {
    former.frame();
    return all.every(({ packets }) => packets.length > 0);
  });
  const [warm, gone] = [await audience(next, true), await watch(next, true)];
  gone.consumer.close();
  assert.deepEqual(await next.asked(), [0]);
  await switchConsumers(channelOf(next.producer), {
    pause: ids(all),
    resume: [...ids([...warm, gone]), next.producer.id, router.id, 'nobody'],
  });
  assert.deepEqual(await next.asked(), [1]);
  former.frame([TOO_LATE]);
  next.frame([FIRST]);
  await until('the first picture at all', () => warm.every((viewer) => got(viewer, FIRST)));
  await until('what only the witness may have', () => got(witness, TOO_LATE));
  assert.ok(!all.some((viewer) => got(viewer, TOO_LATE)));
});

test('CL60 while a room gathers nobody begins, over however many turns, and no picture is asked for; then all do', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewers = await Promise.all(['v1', 'v2', 'v3', 'v4', 'v5'].map((id) => join(t, room, id)));
  assert.equal(new Set(viewers.map(({ peer }) => peer.worker)).size, 2);
  const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
  assert.ok(camera);
  const { rtpParameters } = camera;
  const track = await speaker.peer.publish({ sid: 'TR_v', kind: 'video', paused: false, rtpParameters });
  const stream = transmit(camera);
  t.after(() => stream.stop());
  const asked = async () => {
    const stats = await (track as TrackProducer).producer.getStats();
    return stats.map(({ pliCount }) => pliCount);
  };
  await until('the camera', async () => (await asked()).length === 1);
  const copies = await Promise.all(
    viewers.map(async (viewer) => {
      await viewer.subscribe();
      await until('the line', () => viewer.peer.subscriber?.state === 'connected');
      return (await viewer.peer.subscribe(track)) as TrackConsumer;
    }),
  );

  // The copy for the other worker has asked for one.
  const before = await asked();
  const over = room.gather();
  const begun: Promise<void>[] = [];
  for (const copy of copies) {
    begun.push(copy.resume());
    await turn();
  }
  assert.deepEqual(await asked(), before);
  assert.ok(copies.every(({ consumer }) => consumer.paused));
  over();
  await Promise.all(begun);
  assert.ok(copies.every(({ consumer }) => !consumer.paused));
  await until('a request for a picture', async () => ((await asked())[0] ?? 0) > (before[0] ?? 0));
  for (const { consumer } of copies)
    await until('packets at each', async () => (await consumer.getStats()).some(({ packetCount }) => packetCount > 0));
});
