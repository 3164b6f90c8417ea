import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { DisconnectReason } from '@livekit/protocol';
import { dispose, RoomEvent } from '@livekit/rtc-node';
import { ViewerBot } from '../../../../scripts/load/ViewerBot.ts';
import { oneStage } from '../../../src/domain/shared/stages.ts';
import { Browser } from '../../support/Browser.ts';
import type { JsClient } from '../../support/JsClient.ts';
import { JoinTokens } from '../../support/joinTokens.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { type OwnServer, ownKeys } from '../../support/OwnServer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { freshRoom, Target } from '../../support/Target.ts';
import { until } from '../../support/until.ts';

let target: Target;
let node: OwnServer;
let browser: Browser;
const tokens = new JoinTokens(ownKeys);
const opened: { close(): Promise<void> }[] = [];
before(async () => {
  target = await Target.open();
  assert.ok(target.own, 'these tests look into the server');
  node = target.own;
  browser = await Browser.open();
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
after(async () => {
  await browser.close();
  await target.close();
  await dispose();
  cleanup();
});

const GONE = [RoomEvent.ParticipantDisconnected, RoomEvent.TrackUnpublished, RoomEvent.TrackUnsubscribed];
const own = <T extends { close(): Promise<void> }>(client: T): T => {
  opened.push(client);
  return client;
};
const joining = async (room: string, identity: string) => ({
  ...{ room, identity },
  token: await tokens.issueJoin({ room, identity, name: identity, attributes: {} }, {}),
});

/** A principal in a browser who is seen and heard by a client that decodes, and by others. */
async function briefing(picture: object = {}) {
  const room = freshRoom('return');
  node.hall.openBriefing(room, oneStage('vn'), [{ identity: 'pm', place: 'stage', muted: false }]);
  const pm = own(
    await browser.join(target, { ...(await joining(room, 'pm')), options: { singlePeerConnection: false } }),
  );
  await pm.publishColour('blue', picture);
  await pm.publishTone(440);
  const an = own(await RtcClient.join(target, await joining(room, 'an')));
  const [eye, ear] = [await an.watch('pm'), await an.listen('pm')];
  await until('blue and 440 Hz at an', () => eye.colour === 'blue' && ear.hears(440));
  const bots = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const bot = own(new ViewerBot(`bot-${i}`, { bindAddress: '127.0.0.1' }));
      await bot.join({ url: node.url, key: ownKeys.key, secret: ownKeys.secret, room }, `bot-${i}`);
      return bot;
    }),
  );
  const ticking = setInterval(() => {
    for (const bot of bots) bot.connection.tick(performance.now());
  }, 20);
  own({ close: async () => clearInterval(ticking) });
  const packets = () => bots.map(({ connection }) => [...connection.receivers.values()].map((r) => r.packets));
  await until('all see and hear', () => packets().every((all) => all.filter((count) => count > 20).length === 2));
  const sids = () => {
    const there = node.rooms.get(room)?.get('pm');
    return [there?.sid, ...[...(there?.publications.keys() ?? [])].sort()];
  };
  return { room, pm, an, eye, ear, bots, packets, sids };
}

type Briefing = Awaited<ReturnType<typeof briefing>>;

const reconnected = async (pm: JsClient, act: () => unknown): Promise<void> => {
  const since = await pm.mark();
  await act();
  await pm.saw('reconnected', { since, ms: 30_000 });
  await until('both tracks are sent', () =>
    pm.run<boolean>(
      'return [...room.localParticipant.trackPublications.values()].filter((p) => p.trackSid).length === 2',
    ),
  );
};

/** From what they receive now on, picture and sound come on at everybody. */
async function goOn({ eye, ear, packets }: Briefing): Promise<void> {
  const [frames, counts] = [eye.frames, packets()];
  await until('the picture moves at all', () => eye.frames > frames + 10 && eye.colour === 'blue' && ear.hears(440));
  await until('all receive both again', () =>
    packets().every((all, i) => all.every((count, j) => count > (counts[i]?.[j] ?? 0) + 20)),
  );
}

test('CB1 CB4 a speaker who connects anew, by themselves or as they are told, keeps their sids, and no viewer gets an offer', async () => {
  const there = await briefing();
  const { room, pm, an, bots, sids } = there;
  const before = { sids: sids(), offers: bots.map((bot) => bot.offers), at: an.events.mark };
  const person = () => {
    const participant = node.rooms.get(room)?.get('pm');
    assert.ok(participant);
    return participant;
  };
  for (const act of [
    () => pm.run(`await room.simulateScenario('full-reconnect')`),
    () => person().depart(DisconnectReason.MEDIA_FAILURE, 'reconnect'),
  ]) {
    const old = person();
    await reconnected(pm, act);
    assert.notEqual(person(), old, 'another connection');
    await goOn(there);
    assert.deepEqual(sids(), before.sids);
    assert.deepEqual(
      bots.map((bot) => bot.offers),
      before.offers,
    );
    assert.deepEqual(
      GONE.flatMap((name) => an.events.of(name, before.at)),
      [],
    );
  }
});

test('CB2 a track that comes back in another shape is there anew at all', async () => {
  const there = await briefing({ width: 640, height: 360, simulcast: true });
  const { room, pm, an, bots, sids } = there;
  const [, ...tracks] = sids();
  const offers = bots.map((bot) => bot.offers);
  const layers = () =>
    [...(node.rooms.get(room)?.get('pm')?.publications.values() ?? [])].find(({ isVideo }) => isVideo)?.media.layers;
  assert.equal(layers(), 2);
  await pm.run(`room.options.publishDefaults.simulcast = false;
    for (const p of room.localParticipant.videoTrackPublications.values()) p.options = { ...p.options, simulcast: false };`);
  await reconnected(pm, () => pm.run(`await room.simulateScenario('full-reconnect')`));
  const eye = await an.watch('pm');
  await until('blue again', () => eye.colour === 'blue');
  assert.deepEqual(sids().slice(1), tracks);
  assert.ok(bots.every((bot, i) => bot.offers > (offers[i] ?? 0)));
  assert.equal(layers(), 1);
});

test('CB3 what a speaker who is back does not send again ends at all', async () => {
  const { room, pm, an, sids } = await briefing();
  const [sid, ...tracks] = sids();
  const at = an.events.mark;
  await pm.close();
  own(await RtcClient.join(target, await joining(room, 'pm')));
  assert.deepEqual(sids(), [sid, ...tracks], 'they are awaited with them');
  for (const track of tracks)
    await an.events.saw(RoomEvent.TrackUnpublished, { since: at, where: (publication) => publication.sid === track });
  assert.deepEqual(an.events.of(RoomEvent.ParticipantDisconnected, at), []);
});

test('CB4 one who says goodbye and does not come back is gone', async () => {
  const { room, pm, an } = await briefing();
  const at = an.events.mark;
  await pm.run('await room.disconnect()');
  await an.events.saw(RoomEvent.ParticipantDisconnected, { since: at });
  assert.equal(node.rooms.get(room)?.get('pm'), undefined);
});
