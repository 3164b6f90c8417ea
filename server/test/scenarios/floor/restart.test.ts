import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import type { Floor } from '../../../src/protocol/floor.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import type { VideoProbe } from '../../support/probes.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { until } from '../../support/until.ts';

let server: ServerProcess;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let chair: ChannelClient;
let viewer: ChannelClient;
const media: RtcClient[] = [];
before(async () => {
  server = await ServerProcess.create();
  meeting = await Meeting.open(server);
  pm = await meeting.enter('Prime');
  moderator = await meeting.enter('moderator');
  chair = await meeting.commune(0);
  viewer = await meeting.commune(1);
});
after(async () => {
  for (const client of media) await client.close();
  meeting?.close();
  await server?.close();
  await dispose();
});
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';

/** What must be the same afterwards, whatever the order of things in between. */
const essence = (floor: Floor) => ({
  speakers: floor.speakers.map(({ seat, place, since, muted, call }) => [seat.identity, place, since, muted, call]),
  hands: floor.hands.map((h) => [h.seat.identity, h.raisedAt]),
  calls: floor.calls.map((c) => [c.id, c.state, c.identity, c.answeredAt]),
});
const here = (client: ChannelClient) => {
  const rows = client.all('presence').flatMap((t) => t.counts.filter((c) => c.unit === '79'));
  return rows.at(-1)?.here;
};

async function seen(): Promise<number> {
  const postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 1);
  const rows = await postgres.query('SELECT unit FROM presence_seen WHERE present AND joined');
  await postgres.close();
  return rows.length;
}

test('FL14 kill -9 of the server during a call: floor and presence as before, pictures back by themselves', async () => {
  const [pmMedia, chairMedia, viewerMedia] = [await joinMedia(pm), await joinMedia(chair), await joinMedia(viewer)];
  media.push(pmMedia, chairMedia, viewerMedia);
  await pm.act('stage.goLive', {});
  await pmMedia.publishColour('red');
  const call = await pm.act('call.start', { unit: unitOf(chair) });
  await chair.act('call.accept', { call: call.id });
  await chairMedia.publishColour('blue');
  await viewer.act('hand.raise', {});
  await moderator.act('seat.mute', { identity: chair.identity, muted: true });
  await moderator.act('seat.mute', { identity: chair.identity, muted: false });
  const eyes = [await viewerMedia.watch(pm.identity), await viewerMedia.watch(chair.identity)];
  await until('the pictures', () => eyes.map((e) => e.colour).join(' ') === 'red blue');
  await until('presence', () => here(moderator) === 2);
  const before = await moderator.sees('the floor', (f) => f.hands.length === 1 && f.speakers.length === 2);

  await until('who was seen is written', async () => (await seen()) === 2);
  const killed = Date.now();
  await server.kill();
  const restarted = performance.now();
  await server.start();
  const ready = performance.now();

  // Whatever the clients do now they do by themselves.
  const colour = async (client: ChannelClient, wanted: string): Promise<VideoProbe> => {
    const eye = await viewerMedia.watch(client.identity, 15_000);
    await until(`${wanted} again`, () => eye.colour === wanted && eye.frames > 2, 15_000);
    return eye;
  };
  await until('the old pictures are gone', () => viewerMedia.events.of('reconnected').length > 0, 15_000);
  await Promise.all([colour(pm, 'red'), colour(chair, 'blue')]);
  const pictures = performance.now();
  const seq = before.seq;
  await moderator.sees('all on stage again', (f) => f.seq >= seq && f.speakers.every((s) => s.place === 'stage'));
  assert.deepEqual(essence(moderator.floor), essence(before));
  await until('presence', () => here(moderator) === 2);
  const { rows } = await moderator.act('presence.list', { root: '79', states: ['here'] });
  assert.ok(
    rows.every((row) => Date.parse(row.since ?? '') < killed),
    'first seen before the restart',
  );
  console.log(
    `ready ${Math.round(ready - restarted)} ms after the start, pictures ${Math.round(pictures - ready)} ms after that`,
  );

  await pm.act('call.end', { call: call.id });
  await viewer.sees('the principal alone', (f) => f.speakers.length === 1);
});

test('FL38 the time of a speaker is told to all, to a late joiner and after kill -9, until it is ended or they leave', async () => {
  const { identity } = chair;
  const timerIn = (floor: Floor) => floor.speakers.find(({ seat }) => seat.identity === identity)?.timer;
  const call = await pm.act('call.start', { unit: unitOf(chair) });
  await chair.act('call.accept', { call: call.id });
  assert.equal(await moderator.refusal('seat.timer', { identity, minutes: 3 }), 'forbidden', 'no producer');
  assert.equal(await chair.refusal('seat.timer', { identity, minutes: 3 }), 'forbidden');
  for (const minutes of [0, 61, 2.5])
    assert.equal(await pm.refusal('seat.timer', { identity, minutes }), 'bad-request', `${minutes}`);
  await pm.act('seat.timer', { identity, minutes: 3 });
  const given = timerIn(await chair.sees('its time', (f) => timerIn(f) !== undefined));
  assert.equal(given?.minutes, 3);
  for (const client of [pm, moderator, viewer])
    assert.deepEqual(timerIn(await client.sees('the time', (f) => timerIn(f) !== undefined)), given);
  await server.kill();
  const heard = [pm, chair, viewer].map((client) => client.all('floor').length);
  await server.start();
  for (const [i, client] of [pm, chair, viewer].entries()) {
    await until('the channel is back', () => client.all('floor').length > (heard[i] ?? 0), 30_000);
    assert.deepEqual(timerIn(client.floor), given);
  }
  const late = await meeting.commune(2);
  assert.deepEqual(timerIn(await late.sees('the floor', () => true)), given);
  await pm.act('seat.timer', { identity, minutes: 10 });
  await late.sees('more time', (f) => timerIn(f)?.minutes === 10);
  await pm.act('seat.timer', { identity, minutes: null });
  await chair.sees('no time any more', (f) => f.speakers.length > 0 && timerIn(f) === undefined);
  await pm.act('seat.timer', { identity, minutes: 5 });
  await chair.sees('time again', (f) => timerIn(f)?.minutes === 5);
  await pm.act('call.end', { call: call.id });
  await late.sees('that they are gone', (f) => !f.speakers.some(({ seat }) => seat.identity === identity));
  assert.equal(await pm.refusal('seat.timer', { identity, minutes: 3 }), 'not-connected');
  late.close();
});

test('SC7 a call whose deadline passed while the server was dead is timed out when it is back', async () => {
  const call = await pm.act('call.start', { unit: unitOf(viewer), seconds: 5 });
  await server.kill();
  await until('the deadline', () => Date.now() > Date.parse(call.deadline) + 50);
  await server.start();
  await pm.connected();
  await pm.sees('no call any more', (f) => f.calls.length === 0);
  assert.equal(await viewer.connected().then(() => viewer.refusal('call.accept', { call: call.id })), 'conflict');
});
