import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { types as ms } from 'mediasoup';
import { repoint } from '../../../src/media/sfu/track/repoint.ts';
import { LOOPBACK, PlainSink, PlainSource } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { until } from '../../support/until.ts';

const mediaCodecs = [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }] as const;
const THREE = [2001, 2002, 2003];

async function routers(t: TestContext, patch: string, count: number): Promise<ms.Router[]> {
  const worker = await patchedWorker(patch);
  t.after(() => worker.close());
  return Promise.all(Array.from({ length: count }, () => worker.createRouter({ mediaCodecs: [...mediaCodecs] })));
}

async function source(t: TestContext, router: ms.Router, ssrcs: readonly number[]): Promise<PlainSource> {
  const made = await PlainSource.create(router, ssrcs);
  t.after(() => made.close());
  await until('the worker to see all layers', async () => {
    made.frame();
    return (await made.seen()) === ssrcs.length;
  });
  return made;
}

async function sinks(t: TestContext, router: ms.Router, producer: ms.Producer, layer: number, count: number) {
  const made = await Promise.all(Array.from({ length: count }, () => PlainSink.create(router, producer, layer)));
  t.after(() => made.forEach((sink) => void sink.close()));
  return made;
}

/** Sends frames until all of these have that layer. */
const shown = (what: string, from: PlainSource, to: readonly PlainSink[], ssrc: number) =>
  until(what, () => {
    from.frame();
    return to.every(({ packets }) => packets.at(-1)?.of === ssrc);
  });

/** Two ends with encryption, connected, or by `connect`. */
async function securePipe(near: ms.Router, far: ms.Router, { later = false } = {}) {
  const make = (router: ms.Router) =>
    router.createPipeTransport({ listenInfo: LOOPBACK, enableSrtp: true, enableRtx: true });
  const [a, b] = await Promise.all([make(near), make(far)]);
  const towards = ({ tuple, srtpParameters }: ms.PipeTransport) => ({
    ip: LOOPBACK.ip,
    port: tuple.localPort,
    ...(srtpParameters && { srtpParameters }),
  });
  const connect = () => Promise.all([a.connect(towards(b)), b.connect(towards(a))]);
  if (!later) await connect();
  return { a, b, connect };
}

test('a key of an encrypted pipe has bytes of any value', async (t) => {
  const [router] = await routers(t, '01-random', 1);
  assert.ok(router);
  const options = { listenInfo: LOOPBACK, enableSrtp: true };
  const pipes = await Promise.all([1, 2, 3, 4].map(() => router.createPipeTransport(options)));
  const keys = pipes.map(({ srtpParameters }) => Buffer.from(srtpParameters?.keyBase64 ?? '', 'base64'));
  assert.deepEqual(new Set(keys.map(({ length }) => length)), new Set([44]));
  assert.equal(new Set(keys.map((key) => key.toString('hex'))).size, keys.length);
  // Of 176 bytes half are above 127 but for one time in 2^176, and letters and digits have none.
  assert.ok(keys.some((key) => key.some((byte) => byte > 127)));
});

test('a picture that is asked for through a pipe is asked of one layer', async (t) => {
  const [near, far] = await routers(t, '02-pipe-key-frames', 2);
  assert.ok(near && far);
  const camera = await source(t, near, THREE);
  const { a, b } = await securePipe(near, far);
  const { kind, rtpParameters } = await a.consume({ producerId: camera.producer.id });
  const copy = await b.produce({ kind, rtpParameters });
  const [sink] = await sinks(t, far, copy, 0, 1);
  assert.ok(sink);
  await shown('the lowest layer', camera, [sink], 2001);
  const before = await camera.asked();
  sink.pli();
  const after = await until('the request at the camera', async () => {
    const asked = await camera.asked();
    return asked.some((count, layer) => count !== before[layer]) && asked;
  });
  assert.ok((after[0] ?? 0) > (before[0] ?? 0));
  assert.deepEqual(after.slice(1), before.slice(1));
});

test('a pipe leaves out the layers that are not wanted, and asks for no picture of them; so it does with another camera', async (t) => {
  const [near, far] = await routers(t, '08-pipe-layers', 2);
  assert.ok(near && far);
  const camera = await source(t, near, THREE);
  const { a, b, connect } = await securePipe(near, far, { later: true });
  const consumer = await a.consume({ producerId: camera.producer.id });
  const { kind, rtpParameters } = consumer;
  const copy = await b.produce({ kind, rtpParameters });
  const ssrcs = (rtpParameters.encodings ?? []).map(({ ssrc }) => ssrc);
  /** Packets of each layer that came, lowest first. */
  const came = async () => {
    const stats = await copy.getStats();
    return ssrcs.map((ssrc) => stats.find((stat) => stat.ssrc === ssrc)?.packetCount ?? 0);
  };
  /** Frames until ten packets more have come of the highest layer that is wanted. @returns how many of each */
  const flows = async (from: PlainSource, highest: number) => {
    const before = await came();
    const after = await until(`layer ${highest}`, async () => {
      from.frame();
      const now = await came();
      return (now[highest] ?? 0) >= (before[highest] ?? 0) + 10 && now;
    });
    return after.map((count, layer) => count - (before[layer] ?? 0));
  };
  await consumer.setPreferredLayers({ spatialLayer: 0 });
  const asked = await camera.asked();
  await connect();
  assert.deepEqual((await flows(camera, 0)).slice(1), [0, 0]);
  const first = await camera.asked();
  assert.deepEqual(
    first.map((count, layer) => count > (asked[layer] ?? 0)),
    [true, false, false],
  );

  await consumer.setPreferredLayers({ spatialLayer: 2 });
  assert.ok((await flows(camera, 2)).every((count) => count > 0));
  const second = await camera.asked();
  assert.deepEqual(
    second.map((count, layer) => count - (first[layer] ?? 0)),
    [0, 1, 1],
  );

  await consumer.setPreferredLayers({ spatialLayer: 1 });
  // What had left before arrives before what follows.
  await flows(camera, 1);
  const rest = await flows(camera, 1);
  assert.deepEqual(rest[2], 0);

  const next = await source(t, near, [4001, 4002, 4003]);
  await repoint(near, camera.producer, next.producer);
  const other = await flows(next, 1);
  assert.deepEqual([(other[0] ?? 0) > 0, other[2]], [true, 0]);
  const lost = (await copy.getStats()).map(({ packetsLost }) => packetsLost);
  assert.deepEqual(lost, [0, 0, 0]);
});

for (const { name, old, other, layer } of [
  { name: 'one layer', old: [3001], other: [4001], layer: 0 },
  { name: 'three layers', old: [3001, 3002, 3003], other: [4001, 4002, 4003], layer: 2 },
])
  test(`fifty viewers of ${name} go on with another camera: one request for a picture, one stream each, no notice`, async (t) => {
    const [router] = await routers(t, '03-repoint', 1);
    assert.ok(router);
    const camera = await source(t, router, old);
    const viewers = await sinks(t, router, camera.producer, layer, 50);
    await shown('the first camera', camera, viewers, old[layer] ?? 0);
    const next = await source(t, router, other);
    for (const { told } of viewers) told.length = 0;

    const done = repoint(router, camera.producer, next.producer);
    // Asked in the same breath, so that nothing else has happened in the worker.
    const asked = await next.asked();
    await done;
    assert.equal(
      asked.reduce((sum, count) => sum + count, 0),
      1,
    );
    assert.deepEqual(
      viewers.flatMap(({ told }) => told),
      [],
    );
    await shown('the other camera', next, viewers, other[layer] ?? 0);
    for (const { packets } of viewers) {
      const first = packets.findIndex(({ of }) => other.includes(of));
      const [last, here] = [packets[first - 1], packets[first]];
      assert.ok(last && here);
      const step = (here.sequence - last.sequence) & 0xffff;
      assert.ok(step === 1 || step === 2, `${step} from the last packet of the first camera to the first of the other`);
      assert.ok(((here.timestamp - last.timestamp) | 0) > 0, 'time goes on');
      for (const [i, { sequence }] of packets.entries())
        if (i > first) assert.equal((sequence - (packets[i - 1]?.sequence ?? 0)) & 0xffff, 1);
    }
    camera.producer.close();
    const counts = viewers.map(({ packets }) => packets.length);
    await until('more, without the first camera', () => {
      next.frame();
      return viewers.every(({ packets }, i) => packets.length > (counts[i] ?? 0));
    });
    assert.ok(viewers.every(({ consumer }) => !consumer.closed));
  });

test('a camera of another shape or of none is refused, and viewers go on with theirs', async (t) => {
  const [router] = await routers(t, '03-repoint', 1);
  assert.ok(router);
  const [camera, plain, gone] = await Promise.all([THREE, [5001], [6001]].map((ssrcs) => source(t, router, ssrcs)));
  assert.ok(camera && plain && gone);
  const viewers = await sinks(t, router, camera.producer, 1, 2);
  await shown('the middle layer', camera, viewers, 2002);
  await assert.rejects(repoint(router, camera.producer, plain.producer), /different kind, type, encodings or codecs/);
  gone.producer.close();
  await assert.rejects(repoint(router, camera.producer, gone.producer), /Producer not found/);
  for (const { packets } of viewers) packets.length = 0;
  await shown('the middle layer still', camera, viewers, 2002);
});
