import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { DataPacket_Kind as Kind } from '@livekit/protocol';
import { dispose, RoomEvent } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import { oneStage } from '../../../src/domain/shared/stages.ts';
import type { SignalSession } from '../../../src/edge/livekit/signal/SignalSession.ts';
import type { Participant } from '../../../src/hall/index.ts';
import { Browser } from '../../support/Browser.ts';
import type { JsClient } from '../../support/JsClient.ts';
import { JoinTokens } from '../../support/joinTokens.ts';
import { type OwnServer, ownKeys } from '../../support/OwnServer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { freshRoom, Target } from '../../support/Target.ts';
import { throughout, until } from '../../support/until.ts';

let target: Target;
let node: OwnServer;
const tokens = new JoinTokens(ownKeys);
let browser: Browser;
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
});

const seat = { canPublish: false, canPublishData: false };
const token = (room: string, identity: string, role: string, path = 'vn') =>
  tokens.issueJoin({ room, identity, name: identity, attributes: { 'dh.path': path, 'dh.role': role } }, seat);

async function rtc(room: string, identity: string, role = 'seat', path?: string): Promise<RtcClient> {
  const options = { room, identity, token: await token(room, identity, role, path) };
  const client = await RtcClient.join(target, options);
  opened.push(client);
  return client;
}
async function js(room: string, identity: string, role = 'seat'): Promise<JsClient> {
  const client = await browser.join(target, {
    room,
    identity,
    token: await token(room, identity, role),
    options: { singlePeerConnection: false, adaptiveStream: true },
  });
  opened.push(client);
  return client;
}
const inHall = (room: string, identity: string): Participant => {
  const participant = node.rooms.get(room)?.get(identity);
  assert.ok(participant, `${identity} is not in the hall`);
  return participant;
};
/** Counts what the server offers to one participant from now on. */
function offersTo(participant: Participant): { count: number } {
  const seen = { count: 0 };
  const { outlet } = participant;
  assert.ok(outlet);
  const offer = outlet.offer.bind(outlet);
  outlet.offer = (...args) => {
    seen.count++;
    offer(...args);
  };
  return seen;
}
/** Until the client knows whether it may publish; rtc-node does not show it. */
const told = async (client: RtcClient | JsClient, may: boolean): Promise<void> => {
  if (client instanceof RtcClient) return;
  const knows = () => client.run<boolean>('return room.localParticipant.permissions.canPublish');
  await until(`may publish: ${may}`, async () => (await knows()) === may);
};
const place = (room: string, identity: string, where: 'audience' | 'green' | 'stage', muted = false) =>
  node.hall.order(room, { identity, place: where, muted });

test('audiences are invisible to each other, pay for one transport, and hear nothing of each other', async () => {
  const room = freshRoom('stage');
  node.hall.openBriefing(room, oneStage('vn'), [{ identity: 'pm', place: 'stage', muted: false }]);
  const pm = await rtc(room, 'pm', 'principal');
  await pm.publishColour('red');
  const an = await rtc(room, 'an');
  const eye = await an.watch('pm');
  await until('red at an', () => eye.colour === 'red');
  const hall = inHall(room, 'an');
  assert.equal(hall.peer.publisher, undefined);
  const updates: string[][] = [];
  assert.ok(hall.outlet);
  const { outlet } = hall;
  const update = outlet.update.bind(outlet);
  outlet.update = (list) => {
    updates.push(list.map((p) => p.identity));
    update(list);
  };
  const offers = offersTo(hall);
  const binh = await rtc(room, 'binh');
  const other = await binh.watch('pm');
  await until('red at binh', () => other.frames > 0);
  await binh.close();
  assert.deepEqual([an.room.remoteParticipants.size, an.remote('pm')?.name], [1, 'pm']);
  assert.deepEqual(updates, [], 'an was told of others in the audience');
  assert.equal(offers.count, 0);
  assert.deepEqual([...pm.room.remoteParticipants.keys()], [], 'not even the stage sees the audience');
});

for (const kind of ['rtc-node', 'livekit-client'] as const) {
  test(`an audience is promoted, waits in a warm seat, and goes on air without an offer (${kind})`, async (t) => {
    const room = freshRoom('stage');
    node.hall.openBriefing(room, oneStage('vn'), [{ identity: 'pm', place: 'stage', muted: false }]);
    await rtc(room, 'pm', 'principal');
    const an = await rtc(room, 'an');
    const chi = await js(room, 'chi');
    const speaker = kind === 'rtc-node' ? await rtc(room, 'binh') : await js(room, 'binh');
    assert.equal(inHall(room, 'binh').peer.publisher, undefined);

    await place(room, 'binh', 'green');
    await told(speaker, true);
    await speaker.publishColour('green');
    await speaker.publishTone(700);
    const { sid } = inHall(room, 'binh');
    const eye = await an.watch(sid);
    const ear = await an.listen(sid);
    await until(
      'a negotiated seat at chi',
      () => [...inHall(room, 'chi').viewing.subscriptions()].filter((s) => s.accepted).length === 2,
    );
    await throughout('nothing is seen of the green room', () => eye.frames === 0, 700);
    const atPm = [...inHall(room, 'pm').viewing.subscriptions()].map((s) => s.forwarding);
    assert.deepEqual(atPm, ['live', 'live'], 'officials see the green room');

    const offers = [offersTo(inHall(room, 'an')), offersTo(inHall(room, 'chi'))];
    const cut = performance.now();
    await place(room, 'binh', 'stage');
    await until('green at an', () => eye.frames > 0 && eye.colour === 'green');
    const took = performance.now() - cut;
    await until('700 Hz at an', () => ear.hears(700));
    await chi.sees('binh', 'green');
    await chi.hears('binh', 700);
    assert.deepEqual(
      offers.map((o) => o.count),
      [0, 0],
      'the cut needs no offer',
    );
    t.diagnostic(`from the cut to the picture: ${Math.round(took)} ms`);

    await place(room, 'binh', 'audience');
    await until('the tracks are gone', () => (an.remote(sid)?.trackPublications.size ?? 0) === 0);
    assert.equal(inHall(room, 'binh').publications.size, 0);
    await told(speaker, false);
  });
}

test('a hard mute holds at the SFU whatever the client says, and ends when it is lifted', async () => {
  const room = freshRoom('stage');
  node.hall.openBriefing(room, oneStage('vn'), [
    { identity: 'pm', place: 'stage', muted: false },
    { identity: 'binh', place: 'stage', muted: false },
  ]);
  const an = await js(room, 'an');
  const binh = await js(room, 'binh');
  await binh.publishTone(700);
  await an.hears('binh', 700);
  const hall = inHall(room, 'binh');
  await place(room, 'binh', 'stage', true);
  const [publication] = hall.publications.values();
  assert.ok(publication?.media.paused);
  await an.saw('trackMuted');
  await binh.saw('trackMuted');
  // The client insists.
  await binh.run(`for (const p of room.localParticipant.trackPublications.values()) await p.track.unmute()`);
  const muted = () => binh.run<boolean>('return [...room.localParticipant.trackPublications.values()][0].isMuted');
  await until('its own client is muted again', muted);
  assert.ok(publication.media.paused);
  await place(room, 'binh', 'stage', false);
  await binh.run(`for (const p of room.localParticipant.trackPublications.values()) await p.track.unmute()`);
  await an.hears('binh', 700);
});

test('PN15 a card mutes everybody on the stage at the SFU, who comes meanwhile too, and each is heard again by a press of their own', async () => {
  const room = freshRoom('stage');
  node.hall.openBriefing(room, oneStage('vn'), [
    { identity: 'pm', place: 'stage', muted: false },
    { identity: 'binh', place: 'stage', muted: false },
  ]);
  const an = await js(room, 'an');
  const binh = await js(room, 'binh');
  await binh.publishTone(700);
  await an.hears('binh', 700);
  const soundOf = (identity: string) => [...inHall(room, identity).publications.values()][0];
  const isMuted = (client: JsClient) =>
    client.run<boolean>('return [...room.localParticipant.trackPublications.values()][0].isMuted');
  const press = (client: JsClient) =>
    client.run(`for (const p of room.localParticipant.trackPublications.values()) await p.track.unmute()`);

  node.hall.silence(room, true);
  await an.saw('trackMuted');
  await until('its client reads that it is muted', () => isMuted(binh));
  assert.ok(soundOf('binh')?.media.paused);
  // Pressed under the card: nobody hears it, neither now nor when the card goes.
  await press(binh);
  await until('its client is muted again', () => isMuted(binh));
  assert.ok(soundOf('binh')?.media.paused);

  await place(room, 'chi', 'stage');
  const chi = await js(room, 'chi');
  await chi.publishTone(900);
  await until('who comes under the card is muted', () => isMuted(chi));
  assert.ok(soundOf('chi')?.media.paused);

  node.hall.silence(room, false);
  const isSilent = () => [soundOf('binh'), soundOf('chi')].every((sound) => sound?.media.paused === true);
  await throughout('nobody is heard by the end of the card alone', isSilent, 1_000);
  for (const client of [binh, chi]) await press(client);
  await an.hears('binh', 700);
  await an.hears('chi', 900);
});

test('orders are held for who is not there, and applied at each connection', async () => {
  const room = freshRoom('stage');
  node.hall.openBriefing(room, oneStage('vn'), []);
  await place(room, 'binh', 'stage');
  const an = await rtc(room, 'an');
  const first = await rtc(room, 'binh');
  await first.publishColour('green');
  const before = await an.watch('binh');
  await until('a picture', () => before.frames > 0);
  await first.close();
  await an.events.saw(RoomEvent.ParticipantDisconnected);
  const again = await rtc(room, 'binh');
  await again.publishColour('blue');
  const eye = await an.watch('binh');
  await until('blue', () => eye.colour === 'blue');
  await place(room, 'binh', 'audience');
  await again.close();
  const last = await js(room, 'binh');
  await told(last, false);
  assert.equal(inHall(room, 'binh').permission.canPublish, false);
  await assert.rejects(last.publishColour('red'));
});

test('FN6 a green room is named and heard above its unit alone; others have it warm under a sid, whenever they come', async () => {
  const room = freshRoom('stage');
  node.hall.openBriefing(room, oneStage('vn'), [{ identity: 'binh', place: 'green', muted: false }]);
  const above = await rtc(room, 'above', 'moderator', 'vn.1');
  const early = [await rtc(room, 'beside', 'moderator', 'vn.2'), await rtc(room, 'an', 'seat', 'vn.1.12')];
  const binh = await rtc(room, 'binh', 'seat', 'vn.1.11');
  const { sid } = inHall(room, 'binh');
  await binh.publishColour('green');
  const others = [...early, await rtc(room, 'late', 'moderator', 'vn.1.12'), await rtc(room, 'chi', 'seat', 'vn.2.21')];
  const eyes = await Promise.all(others.map((viewer) => viewer.watch(sid)));
  const own = await above.watch('binh');
  await until('green above', () => own.colour === 'green');
  for (const { room: seen } of others) {
    const [only, ...more] = seen.remoteParticipants.values();
    assert.deepEqual([only?.identity, only?.name, only?.metadata, more.length], [sid, '', '', 0]);
    assert.deepEqual(only?.attributes, {});
    assert.deepEqual(
      [...(only?.trackPublications.values() ?? [])].map((p) => p.name),
      [''],
    );
  }
  await throughout('nobody else sees it', () => eyes.every(({ frames }) => frames === 0), 700);
  const offers = others.map(({ room: { localParticipant } }) =>
    offersTo(inHall(room, localParticipant?.identity ?? '')),
  );
  await place(room, 'binh', 'stage');
  await until('everybody sees the stage', () => eyes.every(({ colour }) => colour === 'green'));
  await until('and whose it is', () => others.every((viewer) => viewer.remote('binh')?.name === 'binh'));
  assert.ok(
    offers.every(({ count }) => count === 0),
    'the cut needs no offer',
  );
  await place(room, 'binh', 'green');
  await until('nobody is told who waits', () => others.every((viewer) => viewer.remote(sid)?.name === ''));
});

test('DM3 FN7 on stage nobody sends data to everybody, nor keeps their tracks from anybody', async () => {
  const room = freshRoom('stage');
  node.hall.openBriefing(room, oneStage('vn'), [{ identity: 'binh', place: 'stage', muted: false }]);
  const pm = await rtc(room, 'pm', 'principal');
  const binh = await js(room, 'binh');
  await binh.run('room.localParticipant.setTrackSubscriptionPermissions(false, [])');
  await binh.publishTone(700);
  const ear = await pm.listen('binh');
  await until('700 Hz all the same', () => ear.hears(700));
  await binh.run(`await room.localParticipant.publishData(new TextEncoder().encode('x'), { reliable: true })`);
  await until('it is refused', () => (node.ignored.get('data not-allowed') ?? 0) > 0);
  assert.deepEqual(pm.messages, []);
});

test('what the server sends reaches an audience before, during and after its promotion', async () => {
  const room = freshRoom('stage');
  node.hall.openBriefing(room, oneStage('vn'), []);
  const binh = await rtc(room, 'binh');
  const service = new RoomServiceClient(node.api, node.key, node.secret);
  const heard = async (text: string) => {
    await service.sendData(room, new TextEncoder().encode(text), Kind.RELIABLE, {});
    await until(text, () => binh.messages.includes(`>${text}`));
  };
  await heard('one');
  await place(room, 'binh', 'stage');
  await binh.publishTone(500);
  await heard('two');
  await place(room, 'binh', 'audience');
  await heard('three');
});

test('the hall tells who is on the line', async () => {
  const room = freshRoom('stage');
  const seen: string[] = [];
  const note = (name: string) => (facts: { room: string; identity: string }) => {
    if (facts.room === room) seen.push(`${name} ${facts.identity}`);
  };
  for (const name of ['active', 'lineLost', 'lineBack', 'left'] as const) node.hall.on(name, note(name));
  node.hall.openBriefing(room, oneStage('vn'), []);
  const an = await rtc(room, 'an');
  await until('an is active', () => node.hall.participants(room)[0]?.active);
  const hall = inHall(room, 'an');
  (hall.outlet as SignalSession).cut();
  await until('the line is back', () => seen.includes('lineBack an'), 15_000);
  await an.close();
  await until('an left', () => seen.includes('left an'));
  assert.deepEqual(seen, ['active an', 'lineLost an', 'lineBack an', 'left an']);
  const binh = await rtc(room, 'binh');
  await node.hall.remove(room, 'binh');
  await binh.events.saw(RoomEvent.Disconnected);
  await node.hall.closeBriefing(room);
  assert.equal(node.rooms.get(room), undefined);
});
