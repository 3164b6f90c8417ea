import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsClient } from '../../support/JsClient.ts';
import { noNamespaces } from '../../support/Namespace.ts';
import { UdpRelay } from '../../support/UdpRelay.ts';
import { until } from '../../support/until.ts';
import { joinable, Reach } from './reach.ts';

const skip = noNamespaces();
const MEDIA_PORT = 42_600;
/** Of the upper layer: more than twice what the line carries, and light enough to encode on a busy machine. */
const videoEncoding = { maxBitrate: 700_000, maxFramerate: 15 };
const TOP = 360;

/** Totals of what a client receives, by kind, as Chromium counts them. */
interface Received {
  readonly audio: { readonly samples: number; readonly concealed: number };
  readonly video: { readonly frames: number; readonly height: number; readonly frozenSeconds: number };
}

const received = (client: JsClient): Promise<Received> =>
  client.run(`
    const seen = {};
    for (const participant of room.remoteParticipants.values())
      for (const { track } of participant.trackPublications.values())
        for (const s of (await track?.getRTCStatsReport())?.values() ?? [])
          if (s.type === 'inbound-rtp') seen[s.kind] = s;
    const { audio = {}, video = {} } = seen;
    return {
      audio: { samples: audio.totalSamplesReceived ?? 0, concealed: audio.concealedSamples ?? 0 },
      video: { frames: video.framesDecoded ?? 0, height: video.frameHeight ?? 0, frozenSeconds: video.totalFreezesDuration ?? 0 },
    };`);

test('300 kbit/s, 2 % of loss and 150 ms: continuous sound and a moving picture of the lowest layer; then back to the top', {
  skip: skip ?? false,
  timeout: 180_000,
}, async (t) => {
  const world = await Reach.open(t, async (ns) => ({ sfu: { port: MEDIA_PORT, announcedAddress: ns.relay } }));
  const { ns, node, closer } = world;
  // 75 ms each way.
  closer.own('relay', await UdpRelay.open(ns.relay, { address: ns.here, port: MEDIA_PORT }, 75));
  const [near, far] = await Promise.all([world.browserHere(), world.browserThere()]);
  const speaker = await near.join(joinable(node), { room: 'r', identity: 'speaker' });
  await speaker.publishTone(440, { dtx: false });
  await speaker.publishColour('red', { width: 640, height: 360, fps: 15, noise: true, simulcast: true, videoEncoding });

  // The page itself comes by a good line, so that the test is about media.
  const viewer = await far.visit();
  ns.narrow({ kbit: 300, lossPercent: 2 });
  // He wants the top layer, which his line can't carry: the server must see to it.
  await viewer.join(joinable(node), { room: 'r', identity: 'viewer', grant: { canPublish: false } });
  await viewer.sees('speaker', 'red', 30_000);
  await viewer.hears('speaker', 440, 30_000);
  await until('the lowest layer', async () => (await received(viewer)).video.height === 180, 20_000);
  await sleep(3_000); // the player catches up on what it lost before

  const before = await received(viewer);
  await sleep(20_000);
  const after = await received(viewer);
  const concealed = (after.audio.concealed - before.audio.concealed) / (after.audio.samples - before.audio.samples);
  const frames = (after.video.frames - before.video.frames) / 20;
  const frozen = after.video.frozenSeconds - before.video.frozenSeconds;
  t.diagnostic(
    `${(concealed * 100).toFixed(1)} % of sound concealed, ${frames.toFixed(1)} frames/s, ${frozen.toFixed(1)} s frozen in 20 s`,
  );
  assert.ok(concealed < 0.06, `${(concealed * 100).toFixed(1)} % of the sound was made up`);
  assert.equal(after.video.height, 180);
  assert.ok(frames > 2.5, `${frames} frames a second`);
  assert.ok(await viewer.hears('speaker', 440));

  ns.widen();
  const at = performance.now();
  await until('the top layer again', async () => (await received(viewer)).video.height === TOP, 90_000);
  t.diagnostic(`the top layer ${Math.round((performance.now() - at) / 1000)} s after the line was good again`);
});
