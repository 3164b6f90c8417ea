import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePort } from '../../support/freePort.ts';
import type { JsClient } from '../../support/JsClient.ts';
import { noNamespaces } from '../../support/Namespace.ts';
import { UdpRelay } from '../../support/UdpRelay.ts';
import { until } from '../../support/until.ts';
import { joinable, Reach } from './reach.ts';
import { goodStretch, type Received } from './stretch.ts';

const skip = noNamespaces();
/** Of the upper layer: more than twice what the line carries, and light enough to encode on a busy machine. */
const videoEncoding = { maxBitrate: 700_000, maxFramerate: 15 };
const TOP = 360;

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
      video: { frames: video.framesDecoded ?? 0, height: video.frameHeight ?? 0 },
    };`);

const sends = async (client: JsClient, sid: string, height: number): Promise<boolean> => {
  const layers = await client.call<{ height: number; frames: number }[]>('sent', sid);
  return layers.some((layer) => layer.height === height && layer.frames > 10);
};

test('300 kbit/s, 2 % of loss and 150 ms: continuous sound and a moving picture of the lowest layer; then back to the top', {
  skip: skip ?? false,
  timeout: 230_000,
}, async (t) => {
  const port = await freePort();
  const world = await Reach.open(t, async (ns) => ({ sfu: { port, announcedAddress: ns.relay } }));
  const { ns, node, closer } = world;
  // 75 ms each way.
  closer.own('relay', await UdpRelay.open(ns.relay, { address: ns.here, port }, 75));
  const [near, far] = await Promise.all([world.browserHere(), world.browserThere()]);
  const speaker = await near.join(joinable(node), { room: 'r', identity: 'speaker' });
  await speaker.publishTone(440, { dtx: false });
  const picture = { width: 640, height: TOP, fps: 15, noise: true, simulcast: true, videoEncoding };
  const sid = await speaker.publishColour('red', picture);
  await until('the top layer from the speaker', () => sends(speaker, sid, TOP), 60_000);

  // The page itself comes by a good line, so that the test is about media.
  const viewer = await far.visit();
  ns.narrow({ kbit: 300, lossPercent: 2 });
  // They want the top layer, which their line can't carry: the server must see to it.
  await viewer.join(joinable(node), { room: 'r', identity: 'viewer', grant: { canPublish: false } });
  await viewer.sees('speaker', 'red', 60_000);
  await viewer.hears('speaker', 440, 60_000);
  await goodStretch(t, () => received(viewer));
  assert.ok(await viewer.hears('speaker', 440));

  ns.widen();
  const at = performance.now();
  await until('the top layer again', async () => (await received(viewer)).video.height === TOP, 120_000);
  t.diagnostic(`the top layer ${Math.round((performance.now() - at) / 1000)} s after the line was good again`);
});
