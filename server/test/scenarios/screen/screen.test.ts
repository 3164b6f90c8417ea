import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { type BrowserLike, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let chair: ChannelClient;
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  chair = await meeting.commune(0);
});
after(async () => {
  meeting?.close();
  await node?.close();
});

const here = async (wall: BrowserLike) => (await wall.post('/api/screens/here')).body;
/** A screen as a browser, paired under that name. */
async function paired(name: string): Promise<BrowserLike> {
  const wall = node.browser();
  const { code } = await here(wall);
  assert.equal((await pm.program.post('/api/screens', { code, name })).status, 200);
  wall.session = (await here(wall)).session.session;
  return wall;
}
const listed = async () => (await pm.program.get('/api/screens')).body.screens;

test('SN1 SN2 SN3 a code becomes a screen of the unit whose official typed it, once, under a name', async () => {
  const wall = node.browser();
  const first = await here(wall);
  assert.deepEqual([first.state, first.code], ['waiting', (await here(wall)).code], 'the same code while it is good');
  const other = node.browser();
  assert.notEqual((await here(other)).code, first.code);
  assert.equal((await chair.program.post('/api/screens', { code: first.code, name: 'Của tôi' })).status, 403);
  const typed = `${first.code.slice(0, 4)} ${first.code.slice(4)}`;
  const { status, body } = await pm.program.post('/api/screens', { code: typed, name: 'Hội trường' });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.name, body.here], ['Hội trường', false]);
  assert.equal((await pm.program.post('/api/screens', { code: typed, name: 'Lần nữa' })).status, 404);
  const now = await here(wall);
  assert.deepEqual([now.state, now.session.account.role, now.session.account.name], ['paired', 'screen', 'Hội trường']);
  assert.deepEqual(now.session.acts.sort(), ['briefing.join', 'briefing.read']);
  assert.equal((await here(wall)).session.session, now.session.session, 'a reload needs no other session');
  assert.equal((await here(other)).state, 'waiting');
});

test('SN2 whoever types codes until one fits is stopped', async () => {
  const moderator = (await meeting.enter('moderator')).program;
  const answers: number[] = [];
  for (let i = 0; i < 14; i++)
    answers.push((await moderator.post('/api/screens', { code: String(10_000_000 + i), name: 'x' })).status);
  assert.ok(answers.includes(429), answers.join(' '));
});

test('SN4 a screen is told of the stage, and of nothing else; it does nothing, and is nobody', async () => {
  const wall = await paired('Tường');
  const { status, body: joined } = await wall.post(`/api/briefings/${meeting.briefing}/join`);
  assert.equal(status, 200);
  for (const path of ['/api/roster?root=vn', '/api/directives', '/api/accounts?unit=vn', '/api/screens', '/api/lists'])
    assert.equal((await wall.get(path)).status, 403, path);
  const cookie = [...wall.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = io(node.url, {
    transports: ['websocket'],
    auth: { session: wall.session, briefing: meeting.briefing, identity: joined.identity },
    extraHeaders: { cookie, origin: node.url },
    forceNew: true,
  });
  const heard: string[] = [];
  let floor: { hands: unknown[]; speakers: unknown[] } | undefined;
  socket.onAny((name: string, notice: unknown) => {
    heard.push(name);
    if (name === 'floor') floor = notice as typeof floor;
  });
  try {
    await until('the screen is connected', () => heard.includes('floor'));
    const before = pm.all('presence').at(-1);
    await pm.act('stage.goLive', {});
    await chair.act('hand.raise', {});
    await until('the screen sees the stage', () => floor?.speakers.length === 1);
    await pm.act('slides.end', {});
    const refused = await socket.timeout(5_000).emitWithAck('hand.raise', {});
    assert.equal(refused.error.reason, 'forbidden');
    assert.equal((await socket.timeout(5_000).emitWithAck('sync', {})).error.reason, 'forbidden');
    assert.equal(await pm.refusal('green.admit', { identity: joined.identity }), 'not-connected');
    assert.deepEqual(floor?.hands, []);
    const stage = ['floor', 'floor.air', 'programme', 'programme.speaker', 'slides'];
    const allowed = new Set(['clock', 'briefing', 'comeback', ...stage]);
    assert.deepEqual(
      heard.filter((name) => !allowed.has(name)),
      [],
    );
    const after = pm.all('presence').flatMap(({ counts }) => counts.filter(({ unit }) => unit === 'vn'));
    assert.ok(before && after.every(({ here: count }) => count === after[0]?.here), 'nobody more is present');
    assert.deepEqual(
      (await listed()).map(({ name, here: isHere }: { name: string; here: boolean }) => [name, isHere]),
      [
        ['Tường', true],
        ['Hội trường', false],
      ],
    );
  } finally {
    socket.close();
  }
  await until('it is gone', async () => (await listed()).every((screen: { here: boolean }) => !screen.here));
});

test('SN5 a screen that is withdrawn is out at once and shows a code again', async () => {
  const wall = await paired('Máy chiếu');
  const [{ id }] = await listed();
  assert.equal((await chair.program.send('DELETE', `/api/screens/${id}`)).status, 403);
  assert.equal((await pm.program.send('DELETE', `/api/screens/${id}`)).status, 204);
  assert.equal((await wall.get('/api/session')).status, 401);
  assert.equal((await here(wall)).state, 'waiting');
  assert.ok((await listed()).every((screen: { id: string }) => screen.id !== id));
  assert.equal((await pm.program.send('DELETE', `/api/screens/${id}`)).status, 404);
});

test('SN3 FG76 whoever pairs a screen chooses for how many hours, a day at most, and how figures lie on it', async () => {
  const wall = node.browser();
  const { code } = await here(wall);
  const pair = (chosen: object) => pm.program.post('/api/screens', { code, name: 'Buổi sáng', ...chosen });
  for (const hours of [0, 25, 1.5, null]) assert.equal((await pair({ hours })).status, 400, `${hours} hours`);
  const { status, body } = await pair({ hours: 4, layout: 'map' });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([Date.parse(body.until) - Date.parse(body.pairedAt), body.layout], [4 * 3_600_000, 'map']);
  assert.equal((await here(wall)).layout, 'map');
});

test('SN3 a screen whose day is over shows a code again', async () => {
  const wall = await paired('Hôm qua');
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  await postgres.query(`UPDATE screens SET until = clock_timestamp() - interval '1 s' WHERE revoked_at IS NULL`);
  await postgres.close();
  assert.equal((await here(wall)).state, 'waiting');
  assert.deepEqual(await listed(), []);
});
