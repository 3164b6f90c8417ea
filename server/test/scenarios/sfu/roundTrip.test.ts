import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { forgedReport, nack, pictureLossIndication, readRtcp } from '../../../../scripts/load/rtcp.ts';
import { isRtcp } from '../../../../scripts/load/rtp.ts';
import { sfuMetrics } from '../../../src/media/sfu/index.ts';
import { TrackConsumer } from '../../../src/media/sfu/track/TrackConsumer.ts';
import type { DtlsRole } from '../../../src/media/sfu/types.ts';
import { transmit } from '../../support/camera.ts';
import { cleanup, type NativePeer } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { UdpRelay } from '../../support/UdpRelay.ts';
import { until } from '../../support/until.ts';

after(cleanup);

/** What comes to `far` takes the way of the relay to the worker. */
const FAR = '127.0.0.7';
/** One way, ms. */
const LONG_WAY = 100;
const FORGED_MS = 3;
const SENDER = 1;
const TRANSPORT = { address: '127.0.0.1' } as const;

/** A viewer behind a relay who sees a camera, and says of its round trip what they like. */
async function watching(t: TestContext, delayMs: number, dtls: DtlsRole = 'client') {
  const sfu = await startSfu(t, { workers: 1 });
  const room = sfu.createRoom('r');
  const [speaker, viewer] = [await join(t, room, 's', { publisher: true }), await join(t, room, 'v', { dtls })];
  const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 77 }]);
  assert.ok(camera);
  const { rtpParameters } = camera;
  const track = await speaker.peer.publish({ sid: 'TR_v', kind: 'video', rtpParameters, paused: false });
  const stream = transmit(camera, { size: 1100 });
  t.after(() => stream.stop());
  const port = viewer.peer.subscriber?.describe().candidates[0]?.port ?? assert.fail('no way by UDP');
  const relay = await UdpRelay.open(FAR, { ...TRANSPORT, port }, delayMs);
  t.after(() => relay.close());
  // Repairs as they were: the worker counts them, since a client drops what it has.
  const copy = await viewer.peer.subscribe(track, { rtx: false });
  assert.ok(copy instanceof TrackConsumer);
  await viewer.subscribe([copy], { via: { address: FAR, port } });
  const newest = newestOf(viewer);
  await until('the picture', () => newest.packets > 20 && newest.report !== undefined);
  const ssrc = copy.rtpParameters.encodings?.[0]?.ssrc ?? assert.fail('no ssrc');
  const say = (packet: Buffer) => viewer.feedback(copy.rtpParameters.mid ?? '', packet);
  /** Asks again for the packet that is the newest now, until it is enough. @returns how often it was sent again, told to `isEnough` */
  const insist = async (isEnough: (again: number, ms: number) => boolean): Promise<number> => {
    const sent = async () => (await copy.consumer.getStats())[0]?.packetsRetransmitted ?? 0;
    const [before, begin, { sequence }] = [await sent(), performance.now(), newest];
    for (;;) {
      say(newest.forged(ssrc));
      say(nack(SENDER, ssrc, [sequence]));
      await wait(5);
      const again = (await sent()) - before;
      if (isEnough(again, performance.now() - begin)) return again;
    }
  };
  return { sfu, relay, say, ssrc, insist };
}

/** The newest packet and report that came to a viewer. */
function newestOf(viewer: NativePeer) {
  const newest = {
    packets: 0,
    sequence: 0,
    report: undefined as { readonly lsr: number; readonly at: number } | undefined,
    /** A report by which the round trip is as short as can be. */
    forged(ssrc: number): Buffer {
      assert.ok(this.report);
      return forgedReport(SENDER, ssrc, this.report, FORGED_MS - 2 * LONG_WAY);
    },
  };
  viewer.on('rtp', (_mid, packet) => {
    if (isRtcp(packet)) {
      for (const { lsr } of readRtcp(packet).senderReports) newest.report = { lsr, at: performance.now() };
      return;
    }
    newest.packets += 1;
    newest.sequence = packet.readUInt16BE(2);
  });
  return newest;
}

for (const dtls of ['client', 'server'] as const)
  test(`FB2 a packet is sent again once in a round trip, and how long that is no report of the viewer says, who is the ${dtls} of DTLS`, async (t) => {
    const { insist } = await watching(t, LONG_WAY, dtls);
    let lasted = 0;
    const again = await insist((count, ms) => {
      lasted = ms;
      return count >= 3 || ms > 1_500;
    });
    t.diagnostic(`${again} times in ${lasted.toFixed(0)} ms`);
    assert.ok(again >= 2, 'it is sent again');
    assert.ok(again <= 1 + lasted / (2 * LONG_WAY), `${again} times in ${lasted} ms`);
  });

test('FB2 the round trip is measured while it is needed: on a line that has become shorter repairs come sooner', async (t) => {
  const { relay, insist } = await watching(t, LONG_WAY);
  relay.delayMs = 5;
  await until('repairs sooner than once in the round trip of before', async () => {
    // A packet is kept for two seconds.
    let sooner = false;
    await insist((again, ms) => {
      sooner = again > 2 + ms / (2 * LONG_WAY);
      return sooner || ms > 1_000;
    });
    return sooner;
  });
});

test('FB5 whoever asks for too much stays connected, and operators see it in the metrics', async (t) => {
  const { sfu, say, ssrc, insist } = await watching(t, 0);
  const registry = new Registry();
  sfuMetrics(sfu, registry);
  const counted = async (what: string): Promise<number> => {
    const text = await registry.metrics();
    return Number(new RegExp(`dh_feedback_refused_total{worker="0",what="${what}"} (\\d+)`).exec(text)?.[1]);
  };
  assert.equal(await counted('rtcp'), 0);
  await until('it is counted', async () => {
    for (let i = 0; i < 10; i++)
      say(Buffer.concat(Array.from({ length: 80 }, () => pictureLossIndication(SENDER, ssrc))));
    return (await counted('rtcp')) > 0;
  });
  await insist((again) => again > 0);
});
