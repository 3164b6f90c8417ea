import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { types as ms } from 'mediasoup';
import { readLines } from '../../../src/media/sfu/line/lineReport.ts';
import { channelOfWorker } from '../../../src/media/sfu/line/workerChannel.ts';
import { LOOPBACK, PlainSink, PlainSource } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { until } from '../../support/until.ts';

const mediaCodecs: ms.RouterRtpCodecCapability[] = [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }];

test('one answer tells of every line what asking each consumer and transport tells', async (t) => {
  const worker = await patchedWorker('05-lines');
  t.after(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs });
  const camera = await PlainSource.create(router, [2001, 2002, 2003]);
  const sinks = await Promise.all([0, 1, 2].map((layer) => PlainSink.create(router, camera.producer, layer)));
  t.after(() => [camera, ...sinks].forEach((end) => void end.close()));
  const [good, weak, paused] = sinks;
  assert.ok(good && weak && paused);
  await until('pictures everywhere', () => {
    camera.frame();
    camera.report();
    return sinks.every(({ packets }) => packets.length > 20);
  });
  await paused.consumer.pause();
  good.receiverReport({ lost: 0, fraction: 0 });
  weak.receiverReport({ lost: 17, fraction: 64 });
  const channel = await channelOfWorker(worker);
  const lines = await until('the reports', async () => {
    camera.frame();
    const { lines: found } = await readLines(channel);
    return found.get(weak.consumer.id)?.lost === 17 && found;
  });

  assert.equal(lines.get(paused.consumer.id), undefined);
  for (const { consumer } of [good, weak]) {
    const [line, [stats]] = [lines.get(consumer.id), await consumer.getStats()];
    assert.ok(line && stats);
    assert.equal(line.lost, stats.packetsLost);
    assert.equal(line.fractionLost, stats.fractionLost / 256);
    assert.ok(line.sent > 0 && line.sent <= stats.packetCount);
  }
  assert.equal(lines.get(weak.consumer.id)?.fractionLost, 0.25);
  assert.equal(lines.get(camera.producer.id)?.fractionLost, 0);
  // Neither estimates nor receives: a transport of a viewer has no line of its own.
  assert.equal(lines.size, 4);
  const [up] = [...lines].filter(([id]) => ![camera.producer.id, good.consumer.id, weak.consumer.id].includes(id));
  assert.ok((up?.[1].bitrateIn ?? 0) > 0, 'what the camera sends');
});

test('lines of many come in answers of bounded length, each of them once', async (t) => {
  const worker = await patchedWorker('05-lines');
  t.after(() => worker.close());
  const router = await worker.createRouter({ mediaCodecs });
  const camera = await PlainSource.create(router, [2001]);
  t.after(() => camera.close());
  const ids = await Promise.all(Array.from({ length: 250 }, () => transportOf(router, camera.producer, 10)));
  const channel = await channelOfWorker(worker);
  let answers = 0;
  const counting = {
    bufferBuilder: channel.bufferBuilder,
    request: (...args: Parameters<typeof channel.request>) => {
      answers++;
      return channel.request(...args);
    },
  };
  const { lines } = await readLines(counting);
  assert.equal(answers, 3);
  assert.deepEqual(
    ids.flat().filter((id) => !lines.has(id)),
    [],
  );
  assert.equal(lines.size, ids.flat().length + 1, 'and the transport of the camera');
});

/** A viewer with that many consumers, to whom nothing is sent. */
async function transportOf(router: ms.Router, producer: ms.Producer, count: number): Promise<string[]> {
  const transport = await router.createPlainTransport({ listenInfo: LOOPBACK, rtcpMux: true });
  await transport.connect({ ip: LOOPBACK.ip, port: 9 });
  const { codecs = [] } = router.rtpCapabilities;
  const consume = () => transport.consume({ producerId: producer.id, rtpCapabilities: { codecs } });
  const consumers = await Promise.all(Array.from({ length: count }, consume));
  return consumers.map(({ id }) => id);
}
