import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { types as ms } from 'mediasoup';
import { PlainSink, PlainSource, wholeSequence } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { until } from '../../support/until.ts';

const mediaCodecs: ms.RouterRtpCodecCapability[] = [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }];
const LAYERS = [2001, 2002, 2003] as const;

/** A camera of three layers and viewers of these, all of which have a picture. */
async function hall(t: TestContext, layers: readonly number[], patch = '04-consumers-by-layer') {
  const worker = await patchedWorker(patch);
  t.after(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs });
  const camera = await PlainSource.create(router, LAYERS);
  t.after(() => camera.close());
  await until('the worker to see all layers', async () => {
    camera.frame();
    return (await camera.seen()) === LAYERS.length;
  });
  const join = async (layer: number): Promise<PlainSink> => {
    const sink = await PlainSink.create(router, camera.producer, layer);
    t.after(() => sink.close());
    return sink;
  };
  const viewers = await Promise.all(layers.map(join));
  await shown(camera, viewers, layers);
  return { worker, camera, viewers, join };
}

/** Sends frames until each of these has the layer beside it. */
const shown = (camera: PlainSource, viewers: readonly PlainSink[], layers: readonly number[]) =>
  until(`layers ${layers.join(', ')}`, () => {
    camera.frame();
    camera.report();
    return viewers.every(({ packets }, i) => packets.at(-1)?.of === LAYERS[layers[i] ?? 0]);
  });

/** Sends frames until this viewer has ten packets more. */
async function more(camera: PlainSource, { packets }: PlainSink): Promise<void> {
  const before = packets.length;
  await until('ten packets more', () => {
    camera.frame();
    return packets.length >= before + 10;
  });
}

test('each viewer gets the layer that they ask for, whenever somebody changes theirs', async (t) => {
  const { camera, viewers } = await hall(t, [0, 1, 2, 2]);
  for (const layers of [
    [2, 1, 2, 2],
    [0, 2, 1, 2],
    [0, 0, 0, 0],
    [2, 2, 2, 2],
    [1, 0, 2, 1],
  ]) {
    const asked = viewers.map(({ consumer }, i) =>
      consumer.setPreferredLayers({ spatialLayer: layers[i] ?? 0, temporalLayer: 0 }),
    );
    await Promise.all(asked);
    await shown(camera, viewers, layers);
  }
  viewers.forEach(wholeSequence);
});

test('who pauses gets nothing until they go on, and all others go on meanwhile', async (t) => {
  const { camera, viewers } = await hall(t, [0, 2, 2]);
  const [low, paused, high] = viewers;
  assert.ok(low && paused && high);
  await paused.consumer.pause();
  // What had left the worker before arrives before what follows at another viewer is asked for.
  await more(camera, high);
  const had = paused.packets.length;
  await more(camera, high);
  await more(camera, low);
  assert.equal(paused.packets.length, had);
  await paused.consumer.resume();
  await shown(camera, viewers, [0, 2, 2]);
  viewers.forEach(wholeSequence);
});

test('a camera that stood still and a viewer who comes or goes leave nobody without a picture', async (t) => {
  const { camera, viewers, join } = await hall(t, [1, 2]);
  await camera.producer.pause();
  const late = await join(2);
  await camera.producer.resume();
  await shown(camera, [...viewers, late], [1, 2, 2]);
  late.consumer.close();
  const [first] = viewers;
  assert.ok(first);
  await more(camera, first);
  const had = late.packets.length;
  await more(camera, first);
  assert.equal(late.packets.length, had);
  await shown(camera, [...viewers, await join(0)], [1, 2, 0]);
});

/** More than one reading of the clock is for. */
const MANY = Array.from({ length: 20 }, () => 2);

test('the clock stands still while a packet is sent to many, and only then', async (t) => {
  const { camera, viewers } = await hall(t, MANY, '07-clock');
  const now = () => Number(process.hrtime.bigint() / 1_000_000n);
  for (const viewer of viewers) {
    await more(camera, viewer);
    const before = now();
    const [stat] = await viewer.consumer.getStats();
    assert.ok(stat && stat.timestamp >= before && stat.timestamp <= now(), `${stat?.timestamp}, asked at ${before}`);
  }
});

test('sender reports say what time it is, and go on after the worker was stopped', async (t) => {
  const { worker, camera, viewers } = await hall(t, MANY, '07-clock');
  const reported = (count: number) =>
    until(`${count} reports at each viewer`, () => {
      camera.frame();
      return viewers.every(({ reports }) => reports.length >= count);
    });
  await reported(2);
  process.kill(worker.pid, 'SIGSTOP');
  const stopped = performance.now();
  // Some of these packets are read only when it goes on.
  await until('a while', () => {
    camera.frame();
    return performance.now() - stopped > 500;
  });
  const [stoodFor, before] = [performance.now() - stopped, viewers.map(({ reports }) => reports.length)];
  process.kill(worker.pid, 'SIGCONT');
  await reported(Math.max(...before) + 2);
  for (const [i, { reports }] of viewers.entries()) {
    for (const [j, at] of reports.entries()) if (j > 0) assert.ok(at > (reports[j - 1] ?? 0));
    const last = before[i] ?? 0;
    assert.ok((reports[last] ?? 0) - (reports[last - 1] ?? 0) >= Math.floor(stoodFor));
  }
});
