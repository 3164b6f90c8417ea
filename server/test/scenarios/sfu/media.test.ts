import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { TrackProducer } from '../../../src/media/sfu/track/TrackProducer.ts';
import { transmit } from '../../support/camera.ts';
import { happens } from '../../support/happens.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { throughout, until } from '../../support/until.ts';

after(cleanup);

/** Numbers of the packets that came on each mid. */
function collect(peer: Awaited<ReturnType<typeof join>>): Map<string, number[]> {
  const got = new Map<string, number[]>();
  peer.on('rtp', (mid, packet) => {
    if (packet[1] !== undefined && (packet[1] & 0x7f) >= 72 && (packet[1] & 0x7f) <= 76) return; // RTCP
    const list = got.get(mid) ?? [];
    list.push(packet.readUInt32BE(packet.length - 4));
    got.set(mid, list);
  });
  return got;
}

const pliCount = async (publication: TrackProducer) => (await publication.producer.getStats())[0]?.pliCount ?? 0;

test('a picture and a tone reach viewers on the same and on the other worker', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewers = await Promise.all(['v1', 'v2', 'v3'].map((id) => join(t, room, id)));
  assert.deepEqual(new Set(viewers.map((v) => v.peer.worker)), new Set([0, 1]), 'peers are spread over the workers');

  const [camera, microphone] = await speaker.openPublisher(
    ['_reliable', '_lossy'],
    [
      { kind: 'video', ssrc: 1001 },
      { kind: 'audio', ssrc: 1002 },
    ],
  );
  assert.ok(camera && microphone);
  const video = await speaker.peer.publish({
    sid: 'TR_v',
    kind: 'video',
    rtpParameters: camera.rtpParameters,
    paused: false,
  });
  const audio = await speaker.peer.publish({
    sid: 'TR_a',
    kind: 'audio',
    rtpParameters: microphone.rtpParameters,
    paused: false,
  });
  const streams = [transmit(camera), transmit(microphone)];
  t.after(() => {
    for (const stream of streams) stream.stop();
  });

  const watch = async (viewer: (typeof viewers)[number]) => {
    const got = collect(viewer);
    const subscriptions = await Promise.all([viewer.peer.subscribe(video), viewer.peer.subscribe(audio)]);
    await viewer.subscribe(subscriptions);
    const [v, a] = subscriptions.map((s) => s.rtpParameters.mid as string);
    await until(
      `picture and tone at ${viewer.peer.id}`,
      () => (got.get(v as string)?.length ?? 0) > 20 && (got.get(a as string)?.length ?? 0) > 20,
    );
    for (const [mid, numbers] of got) {
      const first = numbers[0] as number;
      assert.deepEqual(
        numbers,
        numbers.map((_, i) => first + i),
        `mid ${mid}: every packet once and in order`,
      );
    }
  };
  await Promise.all(viewers.map(watch));

  await t.test('quality() reads the receiver reports', async () => {
    const viewer = viewers[0];
    const quality = await until('a first receiver report', () => {
      const q = viewer?.peer.lineStats();
      return q?.lossDown === undefined ? undefined : q;
    });
    assert.equal(quality.lossDown, 0);
    assert.equal(speaker.peer.lineStats().lossUp, 0);
    assert.ok((speaker.peer.lineStats().bitrateUp ?? 0) > 0);
  });
});

test('a viewer on another worker gets nothing while the publisher or he himself is paused, and a key frame afterwards', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewer = await join(t, room, 'viewer');
  assert.notEqual(speaker.peer.worker, viewer.peer.worker);
  const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
  assert.ok(camera);
  const publication = (await speaker.peer.publish({
    sid: 'TR_v',
    kind: 'video',
    rtpParameters: camera.rtpParameters,
    paused: false,
  })) as TrackProducer;
  const stream = transmit(camera);
  t.after(() => stream.stop());
  const got = collect(viewer);
  const subscription = await viewer.peer.subscribe(publication);
  assert.equal(subscription.paused, true);
  await viewer.subscribe([subscription]);
  const count = () => [...got.values()].flat().length;
  await until('the picture', () => count() > 5);

  for (const target of [subscription, publication]) {
    await target.pause();
    let last = count();
    // What was in flight at the moment of the pause may still come.
    await until('silence', () => {
      const quiet = count() === last;
      last = count();
      return quiet;
    });
    await throughout('nothing comes while paused', () => count() <= last + 1, 300);
    const before = await pliCount(publication);
    await target.resume();
    const at = count();
    await until('the picture again', () => count() > at + 5);
    await until('a key frame was asked for', async () => (await pliCount(publication)) > before);
  }
});

for (const frameMs of [20, 60])
  test(`levels of ${frameMs} ms frames: heard while speaking, silence afterwards`, async (t) => {
    const sfu = await startSfu(t, { workers: 1, settings: { media: { broadcastFrameMs: 60 } } });
    const speaker = await join(t, sfu.createRoom('r'), 'speaker', { publisher: true });
    const [microphone] = await speaker.openPublisher(['_reliable'], [{ kind: 'audio', ssrc: 1002 }]);
    assert.ok(microphone);
    const { rtpParameters } = microphone;
    const publication = await speaker.peer.publish({ sid: 'TR_a', kind: 'audio', rtpParameters, paused: false });
    const stream = transmit(microphone, { audioLevel: 25, frameMs });
    t.after(() => stream.stop());
    assert.deepEqual(await happens(publication, 'level'), [-25]);
    assert.deepEqual(await happens(publication, 'level'), [-25]);
    stream.stop();
    await happens(publication, 'silence');
  });

test('one copy per worker however many viewers ask at once; it and every consumer go with the publication', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewers = await Promise.all(Array.from({ length: 8 }, (_, i) => join(t, room, `v${i}`)));
  const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
  assert.ok(camera);
  await until('its data channels are settled', () => speaker.peer.dataIsOpen);
  const before = await sfu.handlers();
  const publication = await speaker.peer.publish({
    sid: 'TR_v',
    kind: 'video',
    rtpParameters: camera.rtpParameters,
    paused: false,
  });
  const subscriptions = await Promise.all(viewers.map((v) => v.peer.subscribe(publication)));
  const during = await sfu.handlers();
  // 8 consumers, the producer, and for the other worker: two pipe transports, a pipe consumer and a pipe producer.
  assert.equal(during - before, 8 + 1 + 4);

  const closed = Promise.all(subscriptions.map((s) => happens(s, 'closed')));
  publication.close();
  await closed;
  // The pair of pipe transports stays for the room's next track.
  await until('consumers and copies are gone', async () => (await sfu.handlers()) === before + 2);
  await assert.rejects(viewers[0]?.peer.subscribe(publication) ?? Promise.resolve(), /./);
});

test('closing a room leaves nothing in the workers', async (t) => {
  const sfu = await startSfu(t);
  const empty = await sfu.handlers();
  const room = sfu.createRoom('r');
  const peers = await Promise.all(
    Array.from({ length: 6 }, (_, i) => join(t, room, `p${i}`, { publisher: i % 2 === 0 })),
  );
  const [camera] = (await peers[0]?.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }])) ?? [];
  assert.ok(camera);
  const publication = await peers[0]?.peer.publish({
    sid: 'TR_v',
    kind: 'video',
    rtpParameters: camera.rtpParameters,
    paused: false,
  });
  assert.ok(publication);
  await Promise.all(peers.slice(1).map((p) => p.peer.subscribe(publication)));
  assert.ok((await sfu.handlers()) > empty + 20);
  const closed = Promise.all(peers.map((p) => happens(p.peer, 'closed')));
  room.close();
  assert.deepEqual(
    await closed,
    peers.map(() => ['closed']),
  );
  await until('the workers hold nothing of the room', async () => (await sfu.handlers()) === empty);
  await assert.rejects(
    room.createPeer({ id: 'late', publisher: false, subscriber: true, dataOn: 'subscriber' }),
    /closed/,
  );
});

for (const estimation of [false, true])
  test(`bandwidth estimation ${estimation ? 'on: viewers are offered what it needs, and its figure is told' : 'off: nothing of it is offered'}`, async (t) => {
    const sfu = await startSfu(t, { workers: 1, settings: { media: { estimation } } });
    const room = sfu.createRoom('r');
    const speaker = await join(t, room, 'speaker', { publisher: true });
    const viewer = await join(t, room, 'viewer');
    const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
    assert.ok(camera);
    const { rtpParameters } = camera;
    const publication = await speaker.peer.publish({ sid: 'TR_v', kind: 'video', rtpParameters, paused: false });
    const subscription = await viewer.peer.subscribe(publication);
    const extensions = subscription.rtpParameters.headerExtensions?.map((e) => e.uri) ?? [];
    assert.equal(
      extensions.some((uri) => /transport-wide-cc|abs-send-time/.test(uri)),
      estimation,
    );
    const feedback = subscription.rtpParameters.codecs.flatMap((codec) => codec.rtcpFeedback ?? []);
    assert.equal(
      feedback.some((f) => f.type === 'transport-cc'),
      estimation,
    );
    assert.ok(feedback.some((f) => f.type === 'nack'));
    await viewer.subscribe([subscription]);
    if (estimation) await until('an estimate', () => viewer.peer.lineStats().availableDown);
    else assert.equal(viewer.peer.lineStats().availableDown, undefined);
  });
