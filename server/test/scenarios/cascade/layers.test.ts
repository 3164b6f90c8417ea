import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { types as ms } from 'mediasoup';
import { exportOf } from '../../../src/media/sfu/pipe/exportOf.ts';
import type { RemoteTrack } from '../../../src/media/sfu/pipe/RemoteTrack.ts';
import { TrackProducer } from '../../../src/media/sfu/track/TrackProducer.ts';
import type { RoomRouter } from '../../../src/media/sfu/worker/RoomRouter.ts';
import { LinkedSfus } from '../../support/LinkedSfus.ts';
import { PipeTap } from '../../support/PipeTap.ts';
import { PlainSink, PlainSource } from '../../support/PlainSource.ts';
import { startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

const LAYERS = [2001, 2002, 2003];
/** What the SFU grants a publisher by itself. */
const DELAY_MS = 1_000;
const FRAME_MS = 40;

/** A camera of three layers at node A; its track as node B knows it, and homes of B on both of its workers. */
async function camera(t: TestContext) {
  const [a, b] = await Promise.all([startSfu(t, { workers: 1 }), startSfu(t, { workers: 2 })]);
  const linked = new LinkedSfus();
  const origin = linked.add(a, 'a');
  linked.add(b, 'b');
  const nobody = { publisher: false, subscriber: false, dataOn: 'subscriber' } as const;
  const [roomA, roomB] = [a.createRoom('r'), b.createRoom('r')];
  const { home } = await roomA.createPeer({ id: 'publisher', ...nobody });
  const peers = [await roomB.createPeer({ id: 'v1', ...nobody }), await roomB.createPeer({ id: 'v2', ...nobody })];
  const source = await PlainSource.create(home.router, LAYERS, { keyFrameRequestDelay: DELAY_MS });
  const track = new TrackProducer('TR_1', home, source.producer);
  a.pipes.exports.add(exportOf(track));
  const frames = setInterval(() => source.frame(), FRAME_MS);
  t.after(() => {
    clearInterval(frames);
    source.close();
  });
  await until('the worker to see all layers', async () => (await source.seen()) === LAYERS.length);
  const remote = roomB.remoteTrack({ sid: 'TR_1', kind: 'video', layers: 3, paused: false, origin });
  return { a, b, linked, source, track, remote, homes: peers.map((peer) => peer.home) };
}

async function watch(t: TestContext, remote: RemoteTrack, home: RoomRouter, layer: number): Promise<PlainSink> {
  const sinks: PlainSink[] = [];
  await remote.consumeAt(home, async (producer: ms.Producer) => {
    const sink = await PlainSink.create(home.router, producer, layer);
    sinks.push(sink);
    return sink.consumer;
  });
  const [sink] = sinks;
  assert.ok(sink);
  t.after(() => sink.close());
  return sink;
}

const shown = (what: string, sinks: readonly PlainSink[], ssrc: number | undefined) =>
  until(what, () => sinks.every(({ packets }) => packets.at(-1)?.of === ssrc));

test('CL27 a hundred viewers at another node who all ask for pictures are one request for each layer and second', async (t) => {
  const { source, remote, homes } = await camera(t);
  const [first, second] = homes;
  assert.ok(first && second);
  const begun = performance.now();
  const before = await source.asked();
  const viewers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => watch(t, remote, i % 2 ? first : second, i % 4 < 2 ? 0 : 2)),
  );
  const low = viewers.filter((_, i) => i % 4 < 2);
  const high = viewers.filter((_, i) => i % 4 >= 2);
  await Promise.all([shown('the lowest layer', low, LAYERS[0]), shown('the highest layer', high, LAYERS[2])]);
  await until('requests over more than two of the times', async () => {
    for (const viewer of viewers) viewer.pli();
    const asked = await source.asked();
    return [0, 2].every((layer) => (asked[layer] ?? 0) - (before[layer] ?? 0) > 2);
  });
  const asked = await source.asked();
  const most = 1 + Math.ceil((performance.now() - begun) / DELAY_MS);
  const counts = asked.map((count, layer) => count - (before[layer] ?? 0));
  assert.ok(Math.max(...counts) <= most, `${counts} requests, ${most} at most`);
});

test('CL71 a viewer at a node from which nothing gets back to that of the publisher is sent the pictures that they ask for', async (t) => {
  const { a, linked, source, remote, homes } = await camera(t);
  const tap = await PipeTap.open();
  t.after(() => tap.close());
  linked.tap = tap;
  const [home] = homes;
  assert.ok(home);
  const viewer = await watch(t, remote, home, 2);
  await shown('the highest layer', [viewer], LAYERS[2]);
  const asked = async () => (await source.asked())[2] ?? 0;
  assert.equal(a.pipes.exports.isUnheard(3_000), false);
  tap.swallowReports = true;
  const atFirst = await asked();
  for (let times = 0; times < 3; times++) {
    const before = await asked();
    await until('a request at the publisher', async () => {
      viewer.pli();
      return (await asked()) > before;
    });
  }
  await until('CL72 nobody has reported on it for a while', () => a.pipes.exports.isUnheard(3_000));
  assert.deepEqual([...linked.pulls.map(({ from, by }) => `${from} to ${by}`)], ['a to b'], 'it is not pulled anew');
  tap.swallowReports = false;
  await until('reports are there again', () => linked.unanswered.at(-1) === false);
  assert.equal(a.pipes.exports.isUnheard(3_000), false);
  assert.ok((await asked()) > atFirst);
});

test('CL24 layers that no viewer of a node needs are not sent to it, and its wish reaches the publisher’s hall', async (t) => {
  const { linked, track, remote, homes } = await camera(t);
  const tap = await PipeTap.open();
  t.after(() => tap.close());
  linked.tap = tap;
  const wishes: number[] = [];
  track.on('wantedElsewhere', (layers) => wishes.push(layers));
  const [home] = homes;
  assert.ok(home);
  const high = await watch(t, remote, home, 2);
  await shown('the highest layer', [high], LAYERS[2]);
  assert.deepEqual(wishes, [3]);
  /** Of the last packets of media; ssrcs are not encrypted. */
  const streams = () =>
    new Set(
      tap.seen
        .filter((bytes) => bytes.length > 100 && ((bytes[1] ?? 0) & 0x7f) >= 96)
        .slice(-40)
        .map((bytes) => bytes.readUInt32BE(8)),
    ).size;
  assert.equal(streams(), 3);
  remote.want(1);
  await until('one layer alone is sent', () => streams() === 1);
  await shown('that layer at whom had the highest', [high], LAYERS[0]);
  remote.want(0);
  await until('nothing is wanted any more', () => wishes.at(-1) === 0);
  remote.want(3);
  const late = await watch(t, remote, home, 2);
  await shown('the highest layer again', [late], LAYERS[2]);
  assert.deepEqual(wishes, [3, 1, 0, 3]);
});

test('CL26 a hundred viewers of three layers go on with what is pulled anew: one question, and no consumer ends or pauses', async (t) => {
  const { a, linked, remote, homes } = await camera(t);
  const viewers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => watch(t, remote, homes[i % 2] as RoomRouter, 2)),
  );
  await shown('the highest layer', viewers, LAYERS[2]);
  for (const viewer of viewers) {
    viewer.told.length = 0;
    viewer.packets.length = 0;
  }
  const pulls = linked.pulls.length;
  // As when the lease of a node that could not be heard ran out.
  a.pipes.exports.dropAll();
  await until('it is pulled anew', () => linked.pulls.length > pulls);
  await shown('the highest layer', viewers, LAYERS[2]);
  assert.equal(linked.pulls.length, pulls + 1);
  assert.ok(viewers.every(({ consumer }) => !consumer.closed));
  // How good a layer is, and which one comes, may have moved.
  const told = viewers.flatMap((viewer) => viewer.told).filter((event) => !['score', 'layerschange'].includes(event));
  assert.deepEqual(told, []);
});
