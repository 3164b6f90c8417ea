import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { io } from 'socket.io-client';
import { attendancePageSchema, attendanceTimelineSchema } from '../../../src/protocol/attendance.ts';
import type { ActAnswer } from '../../../src/protocol/channel.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { freePort } from '../../support/freePort.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { issueLinkFor } from '../../support/people.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { BrowserLike, CLUSTER_SECRET, Program, secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** Officials are at one node, units at the other, a process that is killed in the end and comes back. */
let one: TestNode;
let two: ServerProcess;
let twoInternal: string;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let far: ChannelClient;
let postgres: Postgres;
const channels: ChannelClient[] = [];
const media: RtcClient[] = [];
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' });
  const { databaseUrl, redisUrl } = one.stores;
  postgres = await Postgres.create(databaseUrl, () => undefined, 1);
  const port = String(await freePort());
  twoInternal = `http://127.0.0.1:${port}`;
  two = await ServerProcess.create({
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, CLUSTER_SECRET, API_PORT: port },
    ...{ DEMO: '0', NODE_ID: 'two', ALLOW_SECOND_NODE: '1' },
  });
  await allKnown();
  meeting = await Meeting.open(one);
  [pm, moderator] = [await meeting.enter('Prime'), await meeting.enter('moderator')];
  await pm.act('stage.goLive', {});
  far = await atTwo(await issueLinkFor(one, 'moderator', '79'), 'far');
});
after(async () => {
  for (const client of media) await client.close();
  for (const client of channels) client.close();
  meeting?.close();
  await two?.close();
  await postgres?.close();
  await one?.close();
  await dispose();
});

async function allKnown(): Promise<void> {
  for (const url of [one.internalUrl, twoInternal]) await nodesKnown(url, 2);
}

async function at(node: { readonly url: string }, { token }: Program): Promise<ChannelClient> {
  const client = await ChannelClient.open(node, Object.assign(new Program(node.url), { token }), meeting.briefing);
  channels.push(client);
  return client;
}
const atTwo = async (secret: string, device = 'meeting') => at(two, await two.signIn(secret, device));
const linkOf = (nr: number) => secretOf(one.links.filter(({ who }) => who.startsWith('commune'))[nr]?.url ?? '');
const unitOf = (client: ChannelClient) => client.identity.slice(0, client.identity.indexOf('.'));

/** The row of the moderator's territory, as it was told to them last. */
const counts = (client: ChannelClient) =>
  client
    .all('presence')
    .flatMap((tick) => tick.counts.find(({ unit }) => unit === '79') ?? [])
    .at(-1);

test('FL6 CL42 acts on a device at the other node are done, in the moment in which it came', async () => {
  const chair = await atTwo(linkOf(0));
  const { identity } = chair;
  await moderator.act('green.admit', { identity });
  await chair.sees(
    'itself in the green room',
    (f) => f.speakers[0]?.place === 'green' || f.speakers[1]?.place === 'green',
  );
  await moderator.act('green.checked', { identity, checked: true });
  await moderator.act('stage.promote', { identity });
  await chair.sees('who invites', (f) => f.speakers.some(({ invited }) => invited));
  await chair.act('stage.take', {});
  await moderator.act('seat.mute', { identity, muted: true });
  const speaker = (client: ChannelClient) => client.floor.speakers.find(({ seat }) => seat.identity === identity);
  for (const client of [chair, far, moderator])
    await until('on stage, checked and muted', () => {
      const { place, checked, muted } = speaker(client) ?? {};
      return place === 'stage' && checked && muted;
    });
  await far.act('seat.mute', { identity, muted: false });
  await moderator.act('stage.demote', { identity, to: 'audience' });
  for (const client of [chair, far, moderator]) await client.sees('it is gone', () => !speaker(client));

  const near = await meeting.commune(1);
  await chair.act('hand.raise', {});
  await near.act('hand.raise', {});
  for (const client of [far, moderator]) await client.sees('both hands', (f) => f.hands.length === 2);
  const order = (client: ChannelClient) => client.floor.hands.map(({ seat }) => seat.identity);
  assert.deepEqual(order(far), [identity, near.identity]);
  assert.deepEqual(order(moderator), order(far));
  await far.act('green.admit', { identity: near.identity });
  await near.sees('itself in the green room', (f) => f.hands.length === 0);
  await far.act('stage.demote', { identity: near.identity, to: 'audience' });
  await chair.act('hand.lower', {});
  for (const client of [near, chair]) client.close();
  const nobody = await moderator.refusal('green.admit', { identity: `${identity}x` });
  assert.equal(nobody, 'not-connected');
});

test('AT6 AT7 a unit at the other node is not absent, and its way from one to the other is one interval', async () => {
  const chair = await atTwo(linkOf(0));
  const unit = unitOf(chair);
  const url = `/api/briefings/${meeting.briefing}/attendance`;
  const timeline = async () => attendanceTimelineSchema.parse((await moderator.program.get(`${url}/${unit}`)).body);
  const there = async () => {
    const { row } = await timeline();
    return row.firstIn !== null && row.lastOut === null && row.measured !== 'absent';
  };
  await until('it is there', there);
  const before = (await timeline()).intervals.filter(({ line }) => line === 'channel').length;
  const here = await at(one, chair.program);
  await chair.heardOf('farewell', ({ reason }) => reason === 'replaced');
  await until('the second node has said so', async () => {
    const rows = await postgres.query<{ out: number; into: number }>(
      `SELECT count(*) FILTER (WHERE kind = 'out')::int AS out, count(*) FILTER (WHERE kind = 'in')::int AS into
         FROM attendance_events WHERE identity = $1`,
      [here.identity],
    );
    return rows[0]?.into === 3 && rows[0].out === 2;
  });
  const { row, intervals } = await timeline();
  assert.equal(intervals.filter(({ line }) => line === 'channel').length, before);
  assert.deepEqual([row.devices, row.lastOut], [1, null]);
  const page = attendancePageSchema.parse((await far.program.get(`${url}?root=${unit}`)).body);
  assert.equal(page.rows.filter((r) => r.unit === unit).length, 1);
  here.close();
});

test('RC18 DL1 what a unit acknowledges at the other node is seen here at once, and its receipt is the same at both', async () => {
  const chair = await atTwo(linkOf(0));
  const key = randomUUID();
  const round = await moderator.act('round.open', { key, question: 'Có mặt?', scope: ['79'], seconds: 600 });
  await chair.heardOf('round', (n) => n.round.id === round.id);
  const ask = { round: round.id, key: randomUUID(), answerer: 'chair' as const };
  // Each node stamps by a key of its own.
  const proofOf = ({ receipt: { stamp, ...proof } }: ActAnswer<'round.answer'>) => proof;
  const answer = await chair.act('round.answer', ask);
  await moderator.heardOf('round.tick', (t) => t.counts.some((c) => c.unit === '79' && c.answered === 1));
  const here = await at(one, chair.program);
  assert.deepEqual(proofOf(await here.act('round.answer', ask)), proofOf(answer));
  await far.act('round.close', { key: randomUUID(), round: round.id });
  here.close();
});

test('CL45 SN2 SN5 a code that a screen shows at one node is typed at the other, which lists it', async () => {
  const wall = new BrowserLike(two.url);
  const here = async (browser = wall) => (await browser.post('/api/screens/here')).body;
  const { code } = await here();
  const elsewhere = Object.assign(new BrowserLike(one.url), { cookies: wall.cookies });
  assert.equal((await here(elsewhere)).code, code, 'it shows the same, whichever node it asks');
  const typed = () => pm.program.post('/api/screens', { code, name: 'Hội trường' });
  assert.equal((await typed()).status, 200);
  assert.equal((await typed()).status, 404, 'it is used up');
  const { state, session } = await here();
  assert.equal(state, 'paired');
  wall.session = session.session;
  const listed = async () => (await pm.program.get('/api/screens')).body.screens[0]?.here;
  assert.equal(await listed(), false);
  const { body } = await wall.post(`/api/briefings/${meeting.briefing}/join`);
  const cookie = [...wall.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const auth = { session: wall.session, briefing: meeting.briefing, identity: body.identity };
  const socket = io(two.url, {
    transports: ['websocket'],
    auth,
    extraHeaders: { cookie, origin: two.url },
    forceNew: true,
  });
  await until('it is connected', listed);
  socket.close();
});

test('CL41 CL42 FL13 PR12 a node is killed: who spoke there is held, its units are gone, and both come back at the other', async () => {
  const chair = await atTwo(linkOf(0));
  const neighbour = await atTwo(linkOf(2));
  const { identity } = chair;
  media.push(await joinMedia(chair), await joinMedia(neighbour));
  await moderator.act('stage.promote', { identity });
  await chair.sees('who invites', (f) => f.speakers.some(({ invited }) => invited));
  await chair.act('stage.take', {});
  await until('both are here', () => counts(moderator)?.here === 2);
  const present = async () => {
    const rows = await postgres.query<{ unit: string }>('SELECT unit FROM presence_seen WHERE present ORDER BY unit');
    return rows.map(({ unit }) => unit).join();
  };
  await until('so it is written', async () => (await present()) === [unitOf(chair), unitOf(neighbour)].sort().join());
  const gone = counts(moderator)?.gone ?? 0;
  await two.kill();
  // Left open, they would try on, and take the place of those who are back when the node is there again.
  for (const client of channels) client.close();
  for (const client of media.splice(0)) await client.close();
  await moderator.sees('the speaker is held', (f) => f.speakers.some((s) => s.place === 'holding'), 30_000);
  const back = await at(one, chair.program);
  media.push(await joinMedia(back));
  await moderator.sees('back on stage', (f) => f.speakers.every((s) => s.place === 'stage') && f.speakers.length === 2);
  await until('the other is gone', () => counts(moderator)?.here === 1 && counts(moderator)?.gone === gone + 1, 30_000);
  await until('so it is written', async () => (await present()) === unitOf(chair), 30_000);
  assert.equal((await moderator.act('presence.list', { root: unitOf(chair) })).rows[0]?.state, 'here');
});

test('CL42 FL14 a node that starts beside others holds nobody whom one of them has', async () => {
  // Nobody has this device any more, and no node was missed: so the new one says that it is held, after it has asked.
  const lost = await meeting.commune(1);
  await moderator.act('stage.promote', { identity: lost.identity });
  await lost.act('stage.take', {});
  lost.close();
  const places = () => moderator.places();
  assert.doesNotMatch(places(), /holding/);
  await two.start();
  await moderator.sees('who is nowhere is held', (f) => f.speakers.some((s) => s.place === 'holding'), 30_000);
  const held = moderator.floor.speakers.filter(({ place }) => place === 'holding').map(({ seat }) => seat.identity);
  assert.deepEqual(
    held,
    [lost.identity],
    'the principal, by the order channel alone, and the other are left as they are',
  );
});
