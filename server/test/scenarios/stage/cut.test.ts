import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { ViewerBot } from '../../../../scripts/load/ViewerBot.ts';
import { oneStage } from '../../../src/domain/shared/stages.ts';
import { JoinTokens } from '../../support/joinTokens.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { ownKeys } from '../../support/OwnServer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { freshRoom, Target } from '../../support/Target.ts';
import { until } from '../../support/until.ts';

const VIEWERS = 50;
const SPEAKERS = ['an', 'binh', 'chi'] as const;
const GOAL_MS = 500;

const opened: { close(): unknown }[] = [];
const own = <T extends { close(): unknown }>(thing: T): T => {
  opened.unshift(thing);
  return thing;
};
after(async () => {
  for (const thing of opened) await thing.close();
  await dispose();
  cleanup();
});

test(`change of speaker: the next picture is whole at all ${VIEWERS} viewers soon after the cut`, async (t) => {
  const target = own(await Target.open());
  const node = target.own;
  assert.ok(node, 'this test orders in the hall');
  const room = freshRoom('cut');
  const tokens = new JoinTokens(ownKeys);
  node.hall.openBriefing(
    room,
    oneStage('vn'),
    SPEAKERS.map((identity) => ({ identity, place: 'green', muted: false })),
  );
  const viewers = Array.from({ length: VIEWERS }, (_, i) =>
    own(new ViewerBot(`viewer-${i}`, { bindAddress: '127.0.0.1' })),
  );
  const account = { url: node.url, key: node.key, secret: node.secret, room };
  for (const [i, viewer] of viewers.entries()) await viewer.join(account, `viewer-${i}`);
  for (const identity of SPEAKERS) {
    const token = await tokens.issueJoin({ room, identity, name: identity, attributes: {} }, {});
    const speaker = own(await RtcClient.join(target, { room, identity, token }));
    await speaker.publishColour('green', { width: 640, height: 360, simulcast: true });
  }
  const hall = () => [...(node.rooms.get(room)?.participants ?? [])].filter((p) => p.identity.startsWith('viewer'));
  const seats = () =>
    hall()
      .flatMap((p) => [...p.viewing.subscriptions()])
      .filter((s) => s.accepted && s.forwarding === 'warm');
  await until('every viewer has their warm seats', () => seats().length === VIEWERS * SPEAKERS.length, 60_000);
  const warm = performance.now();
  // A publisher is asked for a key frame at most once in this time, and making the seats asked for up to two.
  const { keyFrameRequestDelayMs } = node.rooms.config.media;
  await until('the seats have settled', () => performance.now() - warm > 2 * keyFrameRequestDelayMs);
  const ticking = setInterval(() => {
    for (const viewer of viewers) viewer.connection.tick(performance.now());
  }, 20);
  t.after(() => clearInterval(ticking));

  const delays: number[] = [];
  let onAir: string | undefined;
  for (const identity of SPEAKERS) {
    const known = new Set(viewers.flatMap((viewer) => [...viewer.connection.receivers.values()]));
    const cut = performance.now();
    const off = onAir && node.hall.order(room, { identity: onAir, place: 'green', muted: false });
    await Promise.all([off, node.hall.order(room, { identity, place: 'stage', muted: false })]);
    onAir = identity;
    const fresh = () =>
      viewers.flatMap((viewer) => {
        const receiver = [...viewer.connection.receivers.values()].find((r) => !known.has(r) && r.kind === 'video');
        return receiver?.firstFrameAt === undefined ? [] : [receiver.firstFrameAt - cut];
      });
    await until(`a picture of ${identity} everywhere`, () => fresh().length === VIEWERS, 10_000);
    delays.push(...fresh());
  }
  delays.sort((a, b) => a - b);
  const at = (share: number) => Math.round(delays[Math.ceil(delays.length * share) - 1] ?? Number.NaN);
  t.diagnostic(
    `from the cut to the picture, ms: p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)} of ${delays.length} (goal: p95 under ${GOAL_MS})`,
  );
});
