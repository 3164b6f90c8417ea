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
const LOWEST = 180;
/** Looks, a second apart, that are judged together. */
const STRETCH = 16;

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

const sends = async (client: JsClient, sid: string, height: number): Promise<boolean> => {
  const layers = await client.call<{ height: number; frames: number }[]>('sent', sid);
  return layers.some((layer) => layer.height === height && layer.frames > 10);
};

/** What a client received in a stretch of looks, a second apart. */
interface Stretch {
  readonly looks: number;
  /** Share of the sound that the player made up, 0..1. */
  readonly concealed: number;
  /** Share of the looks at which the picture had moved since the one before, 0..1. */
  readonly moving: number;
  /** Share of the looks that saw the lowest layer, 0..1. */
  readonly lowest: number;
}

function over(looks: readonly Received[]): Stretch {
  const pairs = looks.slice(1).map((now, i) => [looks[i] as Received, now] as const);
  const share = (holds: (before: Received, now: Received) => boolean) =>
    pairs.filter(([before, now]) => holds(before, now)).length / Math.max(1, pairs.length);
  const grown = (of: (r: Received) => number) => of(looks.at(-1) as Received) - of(looks[0] as Received);
  return {
    looks: pairs.length,
    concealed:
      grown((r) => r.audio.concealed) /
      Math.max(
        1,
        grown((r) => r.audio.samples),
      ),
    moving: share((before, now) => now.video.frames > before.video.frames),
    lowest: share((_, now) => now.video.height === LOWEST),
  };
}

/** Without a controller a quarter of the sound is made up and there is no picture at all; a climb on trial costs a look or two. */
const isGood = ({ looks, concealed, moving, lowest }: Stretch): boolean =>
  looks >= STRETCH - 1 && concealed < 0.06 && moving >= 0.8 && lowest >= 0.8;

test('300 kbit/s, 2 % of loss and 150 ms: continuous sound and a moving picture of the lowest layer; then back to the top', {
  skip: skip ?? false,
  timeout: 230_000,
}, async (t) => {
  const world = await Reach.open(t, async (ns) => ({ sfu: { port: MEDIA_PORT, announcedAddress: ns.relay } }));
  const { ns, node, closer } = world;
  // 75 ms each way.
  closer.own('relay', await UdpRelay.open(ns.relay, { address: ns.here, port: MEDIA_PORT }, 75));
  const [near, far] = await Promise.all([world.browserHere(), world.browserThere()]);
  const speaker = await near.join(joinable(node), { room: 'r', identity: 'speaker' });
  await speaker.publishTone(440, { dtx: false });
  const picture = { width: 640, height: TOP, fps: 15, noise: true, simulcast: true, videoEncoding };
  const sid = await speaker.publishColour('red', picture);
  await until('the top layer from the speaker', () => sends(speaker, sid, TOP), 60_000);

  // The page itself comes by a good line, so that the test is about media.
  const viewer = await far.visit();
  ns.narrow({ kbit: 300, lossPercent: 2 });
  // He wants the top layer, which his line can't carry: the server must see to it.
  await viewer.join(joinable(node), { room: 'r', identity: 'viewer', grant: { canPublish: false } });
  await viewer.sees('speaker', 'red', 60_000);
  await viewer.hears('speaker', 440, 60_000);
  const looks: Received[] = [];
  const look = async () => {
    await sleep(1_000);
    looks.push(await received(viewer));
    return isGood(over(looks.slice(-STRETCH)));
  };
  try {
    await until('a stretch of continuous sound and a moving picture of the lowest layer', look, 90_000);
  } finally {
    t.diagnostic(`after ${looks.length} looks: ${JSON.stringify(over(looks.slice(-STRETCH)))}`);
  }
  assert.ok(await viewer.hears('speaker', 440));

  ns.widen();
  const at = performance.now();
  await until('the top layer again', async () => (await received(viewer)).video.height === TOP, 120_000);
  t.diagnostic(`the top layer ${Math.round((performance.now() - at) / 1000)} s after the line was good again`);
});
