import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import type { types as ms } from 'mediasoup';
import { fullIntraRequest, nack, pictureLossIndication } from '../../../../scripts/load/rtcp.ts';
import { readLines } from '../../../src/media/sfu/line/lineReport.ts';
import { channelOfWorker } from '../../../src/media/sfu/line/workerChannel.ts';
import { GreedyViewer } from '../../support/GreedyViewer.ts';
import { PlainSource } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { until } from '../../support/until.ts';

const mediaCodecs: ms.RouterRtpCodecCapability[] = [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }];
const limits = parseSfuConfig({}).limits.feedback;
/** Some 9 kB, as a picture of a camera. */
const FRAME = Array.from({ length: 8 }, () => 1100);
/** What may be sent again at once, bytes. */
const BURST = 64_000;
/** The length of a packet that is sent last, and no other has. */
const MARK = 150;
/** A second of pictures. */
const SECOND = 200;
const FORGED_MS = 3;
const SENDER = 1;

const pli = ({ ssrc }: GreedyViewer): Buffer => pictureLossIndication(SENDER, ssrc);

async function start(t: TestContext, ssrcs: readonly number[] = [2001], layers: { spatialLayer?: number } = {}) {
  const worker = await patchedWorker('13-feedback');
  t.after(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs });
  const camera = await PlainSource.create(router, ssrcs);
  const viewer = await GreedyViewer.create(router, camera.producer, layers);
  const bystander = await GreedyViewer.create(router, camera.producer, layers);
  t.after(() => [camera, viewer, bystander].forEach((end) => void end.close()));
  const channel = await channelOfWorker(worker);
  const refused = async () => (await readLines(channel)).refused;
  /** Sends a frame, and waits until both have it. */
  const frame = async (lengths: readonly number[] = FRAME) => {
    const due = [viewer, bystander].map(({ packets }) => packets.first + lengths.length);
    camera.frame(lengths);
    await until('the frame', () => [viewer, bystander].every(({ packets }, i) => packets.first >= (due[i] ?? 0)));
  };
  /** Until all that was sent has come. */
  const settle = async () => {
    camera.frame([MARK]);
    await until('all that was sent', () => [viewer, bystander].every(({ length }) => length === MARK));
  };
  await until('a picture', () => {
    camera.frame();
    camera.report();
    return [viewer, bystander].every(({ packets }) => packets.first > 20);
  });
  await settle();
  return { camera, viewer, bystander, frame, settle, refused };
}

test('FB1 whatever a viewer says to have missed, a fifth of what they were sent is sent again, and they stay', async (t) => {
  const { viewer, bystander, frame, refused } = await start(t);
  for (let i = 0; i < 100; i++) {
    viewer.forgeRoundTrip(FORGED_MS);
    viewer.nackLast(SECOND);
    await frame();
    await wait(10);
  }
  const { first, again } = viewer.bytes;
  t.diagnostic(`${again} bytes again of ${first}`);
  assert.ok(again > 0, 'what a line loses is repaired');
  assert.ok(again <= 0.21 * first + BURST, `${again} bytes again of ${first}`);
  assert.equal(bystander.bytes.again, 0);
  assert.ok((await refused()).retransmissions > 0, 'it is counted');
  const spent = viewer.packets.again;
  // What was asked for has been answered or refused: now it is a line as others.
  for (let i = 0; i < 20; i++) await frame();
  await wait(2 * limits.videoRetransmissionPercent);
  viewer.nackLast(4);
  await until('a repair', () => viewer.packets.again > spent);
});

test('FB1 a viewer who loses a fifth of what comes gets what they ask for', async (t) => {
  const { viewer, frame, refused } = await start(t);
  for (let i = 0; i < 60; i++) {
    const before = viewer.packets.again;
    await frame([1100, 1100, 1100, 1100, 1100]);
    viewer.nackLast(1);
    await until('its repair', () => viewer.packets.again === before + 1);
  }
  assert.equal((await refused()).retransmissions, 0);
});

test('FB3 a viewer makes a publisher send a few whole pictures at once, and then one in three seconds, of the layer that they see', async (t) => {
  const { camera, viewer, bystander, frame, settle, refused } = await start(t, [2001, 2002, 2003], { spatialLayer: 1 });
  await until('their layer', () => {
    camera.frame();
    camera.report();
    return [viewer, bystander].every(({ consumer }) => consumer.currentLayers?.spatialLayer === 1);
  });
  await settle();
  const before = await camera.asked();
  const begin = performance.now();
  while (performance.now() - begin < 8_000) {
    viewer.send(pli(viewer), fullIntraRequest(SENDER, viewer.ssrc, Math.floor(performance.now())));
    await frame();
    await wait(100);
  }
  const seconds = (performance.now() - begin) / 1_000;
  const asked = (await camera.asked()).map((count, layer) => count - (before[layer] ?? 0));
  t.diagnostic(`asked of each layer: ${asked}, in ${seconds} s`);
  assert.deepEqual([asked[0], asked[2]], [0, 0]);
  const most = 10 + (limits.keyFrameRequestsPerMinute * seconds) / 60;
  assert.ok((asked[1] ?? 0) > 0 && (asked[1] ?? 0) <= most + 1, `${asked[1]}, of ${most}`);
  assert.ok((await refused()).keyFrameRequests > 0, 'it is counted');
});

test('FB4 of a flood of feedback a few hundred packets a second are read, those in one datagram counted each; then it is read as before', async (t) => {
  const { viewer, refused } = await start(t);
  const plis = async () =>
    (await viewer.consumer.getStats()).find(({ type }) => type === 'outbound-rtp')?.pliCount ?? 0;
  const begin = performance.now();
  for (let i = 0; i < 40; i++) viewer.send(...Array.from({ length: 100 }, () => pli(viewer)));
  const counted = await until('a refusal', async () => (await refused()).rtcpPackets > 0 && plis());
  // One track, two seconds at once.
  const most = 2 * limits.rtcpPacketsPerSecond * (2 + (performance.now() - begin) / 1_000);
  assert.ok(counted <= most + 1, `${counted} of 4000, ${most} allowed`);
  await until('feedback is read again', async () => {
    viewer.send(pli(viewer));
    return (await plis()) > counted;
  });
});

test('FB4 of a NACK sixty-four items are read', async (t) => {
  const { viewer, frame, refused } = await start(t);
  for (let i = 0; i < 30; i++) await frame([104, 104, 104, 104, 104]);
  const items = Array.from({ length: 100 }, (_, i) => nack(SENDER, viewer.ssrc, [viewer.sequence - i]).subarray(12));
  const whole = Buffer.concat([nack(SENDER, viewer.ssrc, []), ...items]);
  whole.writeUInt16BE(whole.length / 4 - 1, 2);
  viewer.send(whole);
  await until('the rest is refused', async () => (await refused()).retransmissions === 36);
  await until('what was read', () => viewer.packets.again === 64);
});
