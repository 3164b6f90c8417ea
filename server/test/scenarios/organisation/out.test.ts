import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { planRoster } from '../../../src/domain/organisation/planRoster.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor, setPassword } from '../../support/people.ts';
import { type Program, secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** Acts are done on one node; the devices that have to go are on the other, and the bus may lose every hint. */
let one: TestNode;
let two: TestNode;
let meeting: Meeting;
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' });
  const { databaseUrl, redisUrl } = one.stores;
  two = await TestNode.create({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    DEMO: '0',
    NODE_ID: 'two',
    ALLOW_SECOND_NODE: '1',
  });
  meeting = await Meeting.open(one);
});
after(async () => {
  meeting?.close();
  await two?.close();
  await one?.close();
  await dispose();
});

/** A person of a unit with two devices: the order channel of one, nothing but the media room on the other. */
async function atTheTable(unit: string, role = 'seat') {
  const phone = await two.signIn(await issueLinkFor(one, role, unit), 'phone');
  const laptop = await two.signIn(await issueLinkFor(one, role, unit), 'laptop');
  const channel = await ChannelClient.open(two, phone, meeting.briefing);
  const { body: join } = await laptop.post(`/api/briefings/${meeting.briefing}/join`);
  const room = new Room();
  const state = { out: false };
  const gone = () => {
    state.out = true;
  };
  room.on(RoomEvent.Disconnected, gone).on(RoomEvent.Reconnecting, gone);
  await room.connect(join.url, join.token);
  const { body: me } = await laptop.get('/api/session');
  const validate = async (token = join.token as string) =>
    (await fetch(`${two.url}/rtc/validate?access_token=${token}`)).status;
  assert.equal(await validate(), 200);
  assert.equal(await validate(channel.joined.token), 200);
  return { phone, laptop, channel, room, state, validate, account: me.account.id as string };
}

async function areOut(t: TestContext, { channel, state, validate }: Awaited<ReturnType<typeof atTheTable>>) {
  const from = performance.now();
  await channel.heardOf('farewell', ({ reason }) => reason === 'session-ended');
  await until('the order channel is closed', () => !channel.socket.connected);
  await until('the media of the other device ended', () => state.out);
  t.diagnostic(`both devices were out after ${Math.round(performance.now() - from)} ms`);
  assert.deepEqual([await validate(), await validate(channel.joined.token)], [401, 401], 'old tokens join no more');
}

const moderatorOf = async (unit: string): Promise<Program> => one.signIn(await issueLinkFor(one, 'moderator', unit));

test('AC2 SE2 EN5 whoever is out is out: a disabled account, with all its devices, on all nodes', async (t) => {
  const table = await atTheTable('26734');
  const moderator = await moderatorOf('79');
  const act = (what: string, by: Program) => by.send('POST', `/api/accounts/${table.account}/${what}`);
  assert.equal((await act('disable', await moderatorOf('01'))).status, 403, 'not by another province');
  assert.equal((await act('disable', moderator)).status, 204);
  await areOut(t, table);
  assert.equal((await table.laptop.get('/api/session')).status, 401);
  const listed = (await moderator.get('/api/accounts?unit=26734')).body.accounts;
  const [found] = listed.filter((a: { id: string }) => a.id === table.account);
  assert.deepEqual([found.disabled, found.links], [true, []]);
  assert.equal((await moderator.post(`/api/accounts/${table.account}/links`)).status, 404, 'it gets no link');

  assert.equal((await act('enable', moderator)).status, 204);
  assert.equal((await table.laptop.get('/api/session')).status, 401, 'nothing of before comes back');
  assert.equal((await moderator.post(`/api/accounts/${table.account}/links`)).status, 200);
});

test('LK3 SE2 AC4 whoever is out is out: a withdrawn link', async (t) => {
  const table = await atTheTable('26737');
  const issued = await (await moderatorOf('79')).post(`/api/accounts/${table.account}/links`);
  assert.equal(issued.status, 200);
  await areOut(t, table);
  const heard = table.channel.heard.filter(({ name }) => name === 'account.news' || name === 'farewell');
  assert.deepEqual(
    heard.map(({ name }) => name),
    ['account.news', 'farewell'],
    'AC4 before it goes, the device is told once who did what',
  );
  const again = await two.signIn(secretOf(issued.body.url), 'phone');
  const anew = (await again.post(`/api/briefings/${meeting.briefing}/join`)).body;
  assert.equal(anew.identity, table.channel.identity, 'the same account on the same device');
  const back = new Room();
  await back.connect(anew.url, anew.token);
  await back.disconnect();
});

test('SE2 whoever is out is out: signed out, of that device alone', async () => {
  const table = await atTheTable('26740');
  assert.equal((await table.laptop.send('DELETE', '/api/session')).status, 204);
  await until('its media ended', () => table.state.out);
  assert.equal(await table.validate(), 401);
  assert.equal(table.channel.socket.connected, true);
  assert.equal(await table.validate(table.channel.joined.token), 200);
  assert.equal((await table.phone.send('DELETE', '/api/session')).status, 204);
  await table.channel.heardOf('farewell', ({ reason }) => reason === 'session-ended');
});

test('SE2 whoever is out is out: a new password, by the command line', async (t) => {
  const table = await atTheTable('26743');
  await setPassword(one, 'seat', '26743', `out-${Date.now()}`, 'một mật khẩu dài');
  await areOut(t, table);
});

test('AC4 whose password is offered anew, or whose name is changed, is told at once, at the next sign-in, and until it was seen', async () => {
  const table = await atTheTable('26749');
  const moderator = await moderatorOf('79');
  const { body: me } = await moderator.get('/api/session');
  const unseen = async (device: Program) => (await device.get('/api/session/news')).body.acts;
  assert.deepEqual(await unseen(table.laptop), [], 'nothing was done by others since they came');
  const offered = await moderator.post(`/api/accounts/${table.account}/password-links`, { login: 'phuong-26749' });
  assert.equal(offered.status, 200);
  const { act } = await table.channel.heardOf('account.news', () => true);
  assert.deepEqual([act.what.act, act.by?.id, act.by?.name], ['password.offered', me.account.id, me.account.name]);
  assert.equal(table.channel.socket.connected, true, 'no session ended');
  assert.deepEqual(await unseen(table.laptop), [act], 'the other device is told when it asks');

  const own = { name: 'UBND Phường Mới', role: 'seat', unit: '26749' };
  assert.equal((await moderator.send('PUT', `/api/accounts/${table.account}`, own)).status, 200);
  await table.channel.heardOf('account.news', ({ act: { what } }) => what.act === 'account.changed');
  const later = await two.signIn(await issueLinkFor(one, 'seat', '26749'), 'a device that comes later');
  const told = await unseen(later);
  assert.deepEqual(
    told.map(({ what }: { what: { act: string } }) => what.act),
    ['password.offered', 'account.changed'],
  );
  assert.equal((await later.post('/api/session/news/seen', { act: act.id })).status, 204);
  assert.deepEqual(await unseen(table.phone), told.slice(1));
  assert.equal((await moderator.post('/api/session/news/seen', { act: told[1].id })).status, 204, 'of others: nothing');
  assert.deepEqual(await unseen(table.phone), told.slice(1));
  assert.equal((await later.post('/api/session/news/seen', { act: told[1].id })).status, 204);
  assert.deepEqual(await unseen(table.laptop), []);
  const twice = table.channel.heard.filter(({ name }) => name === 'account.news');
  assert.equal(twice.length, 2, 'each is told once');
  table.channel.close();
  await table.room.disconnect();
});

test('CH12 EN7 whoever is out is out: a moved unit leaves the notices of its old territory, and the room, and comes back as what it is now', async () => {
  const commune = await atTheTable('26746');
  const postgres = await Postgres.create(one.stores.databaseUrl, () => undefined, 1);
  const units = new PgUnits(postgres);
  const { units: tree } = await units.load();
  const unit = tree.find(({ code }) => code === '26746');
  assert.ok(unit);
  // To the north, outside of the scope of the briefing.
  const row = { ...{ line: 2, code: unit.code, parent: '001', tier: unit.tier, name: unit.name }, validTo: null };
  await units.change((now) => planRoster(now, [], [{ ...row, validFrom: '2025-01-01' }]));
  await postgres.close();
  await commune.channel.heardOf('farewell', ({ reason }) => reason === 'moved');
  await until('the media ended', () => commune.state.out);
  assert.equal(await commune.validate(), 403, 'its token leads into a briefing that is not its own');
  assert.equal((await commune.laptop.get('/api/session')).status, 200, 'the session goes on');
  assert.equal((await commune.laptop.post(`/api/briefings/${meeting.briefing}/join`)).status, 404, 'CH15');
});
