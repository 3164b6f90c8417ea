import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
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

/** Looks, a second apart, over which the sound of a line that loses a fifth is judged. */
const LOOKS = 15;
/** Share of the sound that a player may make up there. Without repairs it is a fifth. */
const CONCEALED = 0.1;

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

test('FB7 a line that loses a fifth of all packets each way stays connected, and its sound is repaired', {
  skip: skip ?? false,
  timeout: 230_000,
}, async (t) => {
  const port = await freePort();
  const world = await Reach.open(t, async (ns) => ({ sfu: { port, announcedAddress: ns.relay } }));
  const { ns, node, closer } = world;
  closer.own('relay', await UdpRelay.open(ns.relay, { address: ns.here, port }, 15));
  const [near, far] = await Promise.all([world.browserHere(), world.browserThere()]);
  const speaker = await near.join(joinable(node), { room: 'r', identity: 'speaker' });
  await speaker.publishTone(440, { dtx: false });
  await speaker.publishColour('red', { width: 640, height: TOP, fps: 15, noise: true, simulcast: true, videoEncoding });
  const viewer = await far.join(joinable(node), { room: 'r', identity: 'viewer', grant: { canPublish: false } });
  await viewer.sees('speaker', 'red', 60_000);
  await viewer.hears('speaker', 440, 60_000);
  ns.narrow({ kbit: 4_000, lossPercent: 20 });
  const looks: Received['audio'][] = [];
  const concealed = () => {
    const [first, last] = [looks.at(-LOOKS - 1), looks.at(-1)];
    return first && last && (last.concealed - first.concealed) / Math.max(1, last.samples - first.samples);
  };
  try {
    await until(
      'sound that is repaired',
      async () => {
        looks.push((await received(viewer)).audio);
        await wait(1_000);
        return (concealed() ?? 1) < CONCEALED;
      },
      90_000,
    );
  } finally {
    t.diagnostic(`made up of the sound after ${looks.length} looks: ${concealed()}`);
  }
  assert.ok(await viewer.hears('speaker', 440));
});
