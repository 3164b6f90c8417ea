import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import { pictureLossIndication, transportFeedback } from '../../../../scripts/load/rtcp.ts';
import { readLines } from '../../../src/media/sfu/line/lineReport.ts';
import { channelOfWorker } from '../../../src/media/sfu/line/workerChannel.ts';
import { switchConsumers } from '../../../src/media/sfu/worker/switchConsumers.ts';
import { GreedyViewer } from '../../support/GreedyViewer.ts';
import { PlainSource } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { until } from '../../support/until.ts';

const mediaCodecs: ms.RouterRtpCodecCapability[] = [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }];
const SENDER = 1;
/** `keyFrameRequestDelayMs` of sfu-config. */
const DELAY_MS = 1_000;
/** An encoder makes no second whole picture within this time of one, ms. */
const ENCODER_MS = 300;

async function start(t: TestContext, ssrcs: readonly number[] = [2001], keyFrameRequestDelay = DELAY_MS) {
  const worker = await patchedWorker('14-feedback-costs');
  t.after(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs });
  const camera = await PlainSource.create(router, ssrcs, { keyFrameRequestDelay });
  t.after(() => camera.close());
  const channel = await channelOfWorker(worker);
  const join = async (how: { spatialLayer?: number; paused?: boolean } = {}) => {
    const viewer = await GreedyViewer.create(router, camera.producer, how);
    t.after(() => viewer.close());
    return viewer;
  };
  return { camera, channel, join, refused: async () => (await readLines(channel)).refused };
}

test('FB1 who subscribes anew again and again is sent no more again than they were sent', async (t) => {
  const { camera, join } = await start(t);
  for (let i = 0; i < 5; i++) {
    const viewer = await join();
    await until('the picture', () => {
      camera.frame([1100, 1100]);
      return viewer.packets.first >= 2;
    });
    const shown = viewer.packets.first;
    viewer.nackLast(shown);
    await until('its repair, as a line needs it that lost it all', () => viewer.packets.again >= shown);
    for (let asked = 0; asked < 50; asked++) {
      viewer.nackLast(shown);
      await wait(11);
    }
    const { first, again } = viewer.bytes;
    t.diagnostic(`${again} bytes again of ${first}`);
    // Two bytes of each say which packet it repeats.
    assert.ok(again <= first * 1.02, `${again} bytes again of ${first}`);
    viewer.consumer.close();
  }
});

test('FB4 feedback counts by the packets that it tells of, which two bytes may say of thousands', async (t) => {
  const { join, refused } = await start(t);
  const viewer = await join();
  for (let i = 0; i < 100; i++) viewer.send(transportFeedback(SENDER, viewer.ssrc, 50));
  for (let i = 0; i < 30; i++) viewer.send(transportFeedback(SENDER, viewer.ssrc, 0xffff));
  await until('a refusal of most', async () => (await refused()).rtcpPackets >= 20);
  assert.ok((await refused()).rtcpPackets < 30, 'nothing of what an honest client sends');
});

test('FB8 viewers of all layers who ask in turns make a publisher send whole pictures once a second', async (t) => {
  const { camera, join } = await start(t, [2001, 2002, 2003]);
  const viewers = await Promise.all([0, 1, 2].map((spatialLayer) => join({ spatialLayer })));
  await until('their layers', () => {
    camera.frame();
    camera.report();
    return viewers.every(({ consumer }, layer) => consumer.currentLayers?.spatialLayer === layer);
  });
  await wait(2 * DELAY_MS);
  const begin = performance.now();
  const before = camera.requests.length;
  for (let turn = 0; turn < 24; turn++) {
    const viewer = viewers[turn % viewers.length] ?? assert.fail();
    viewer.send(pictureLossIndication(SENDER, viewer.ssrc));
    camera.frame();
    await wait(DELAY_MS / 3);
  }
  const seconds = (performance.now() - begin) / 1_000;
  const asked = camera.requests.slice(before);
  // Those that come together are one picture of all layers.
  const pictures = asked.filter((at, i) => i === 0 || at - (asked[i - 1] ?? 0) > ENCODER_MS);
  t.diagnostic(`${asked.length} requests at ${pictures.length} times, in ${seconds} s`);
  assert.ok(pictures.length >= 4, `${pictures.length} pictures`);
  assert.ok(pictures.length <= 1 + seconds, `${pictures.length} pictures in ${seconds} s`);
});

test('FB8 what viewers of several layers need at one time, as after a cut, is asked for at once', async (t) => {
  // What is not asked for at once would come too late for this test.
  const { camera, channel, join } = await start(t, [2001, 2002, 2003], 60_000);
  const viewers = await Promise.all([0, 1, 2].map((spatialLayer) => join({ spatialLayer, paused: true })));
  await until('all layers', async () => {
    camera.frame();
    camera.report();
    return (await camera.seen()) === 3;
  });
  assert.deepEqual(await camera.asked(), [0, 0, 0]);
  await switchConsumers(channel, { pause: [], resume: viewers.map(({ consumer }) => consumer.id) });
  assert.deepEqual(await camera.asked(), [1, 1, 1]);
});

test('FB9 reports that tell of another loss each time are told to the server a few times a second', async (t) => {
  const { camera, join } = await start(t);
  const viewer = await join();
  await until('the picture', () => {
    camera.frame();
    return viewer.packets.first > 0;
  });
  let told = 0;
  viewer.consumer.on('score', () => (told += 1));
  const begin = performance.now();
  for (let i = 0; i < 500; i++) {
    camera.frame();
    viewer.reportLoss(i - (i % 60 < 30 ? 0 : i % 30));
    await wait(5);
  }
  await until('a change of the score', () => told > 0);
  const seconds = (performance.now() - begin) / 1_000;
  t.diagnostic(`${told} times in ${seconds} s`);
  assert.ok(told <= 1 + 5 * seconds, `${told} times in ${seconds} s`);
});
