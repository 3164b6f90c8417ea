import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { BusKeys } from '../../../src/cluster/bus/BusKeys.ts';
import { Membership } from '../../../src/cluster/membership/Membership.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { migrationNames } from '../../../src/store/postgres/base/migrationFiles.ts';
import { PgBeats } from '../../../src/store/postgres/nodes/PgBeats.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { issueLinkFor } from '../../support/people.ts';
import { openAsServer } from '../../support/serverOf.ts';
import { CLUSTER_SECRET, Program, secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let one: TestNode;
let two: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let chair: ChannelClient;
let far: ChannelClient;
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' }, { own: true });
  const { databaseUrl, redisUrl } = one.stores;
  two = await TestNode.create({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    NODE_ID: 'two',
    ALLOW_SECOND_NODE: '1',
  });
  for (const node of [one, two]) await nodesKnown(node.internalUrl, 2);
  meeting = await Meeting.open(one);
  pm = await meeting.enter('Prime');
  moderator = await meeting.enter('moderator');
  chair = await meeting.commune(0);
  const secret = await issueLinkFor(one, 'moderator', '79');
  far = await ChannelClient.open(two, await two.signIn(secret, 'far'), meeting.briefing);
});
after(async () => {
  far?.close();
  meeting?.close();
  await two?.close();
  await one?.close();
});

test('FL15 what one node commits is told by the other at once', async () => {
  await pm.act('stage.goLive', {});
  await far.sees('the principal', (f) => f.speakers.length === 1);
  await far.heardOf('briefing', (b) => b.state === 'live');
  await chair.act('hand.raise', {});
  await far.sees('the hand', (f) => f.hands[0]?.seat.identity === chair.identity);
  await far.act('hand.lower', { identity: chair.identity });
  await moderator.sees('no hand', (f) => f.hands.length === 0);
});

test('FL2 the same act on two nodes at once is done once', async () => {
  const identity = chair.identity;
  await chair.act('hand.raise', {});
  const { seq: before } = await far.sees('the hand', (f) => f.hands.length === 1);
  await Promise.all([
    moderator.act('seat.mute', { identity, muted: true }),
    far.act('seat.mute', { identity, muted: true }),
  ]);
  await moderator.act('sync', {}).then(({ floor }) => assert.equal(floor.seq, before + 1));
  await chair.act('hand.lower', {});
});

/** The row of the whole territory as an official was told it last. */
const told = (client: ChannelClient) =>
  client
    .all('presence')
    .flatMap(({ counts }) => counts.find(({ unit }) => unit === '79') ?? [])
    .at(-1);

/** What both nodes say of a unit, as soon as so many are at the door. */
async function presenceOf(unit: string, door: number) {
  const officials = [moderator, far];
  await until(`both are told of ${door}`, () => officials.every((client) => told(client)?.door === door));
  const pages = await Promise.all(officials.map((client) => client.act('presence.list', { root: unit, limit: 1 })));
  const [one, other] = pages.map(
    ({ rows: [row] }) => row && { ...row, until: row.state === 'gone' ? row.until : null },
  );
  assert.deepEqual(one, other);
  return one;
}

test('PR10 PR11 CL40 both nodes say the same of who is there, and a device that goes to the other is never gone', async () => {
  const device = await meeting.commune(1);
  const unit = device.identity.slice(0, device.identity.indexOf('.'));
  const here = await presenceOf(unit, 2);
  assert.deepEqual([here?.state, here?.devices], ['door', 1]);
  const before = [moderator, far].map((client) => client.all('presence').length);
  const program = Object.assign(new Program(two.url), { token: device.program.token });
  const moved = await ChannelClient.open(two, program, meeting.briefing);
  assert.equal(moved.identity, device.identity);
  await device.heardOf('farewell', ({ reason }) => reason === 'replaced');
  // The next that comes at the first node: what was to be told of the former is told before.
  const next = await meeting.commune(2);
  assert.deepEqual(await presenceOf(unit, 3), here);
  moved.close();
  next.close();
  const gone = await presenceOf(unit, 1);
  assert.deepEqual([gone?.state, gone?.since, gone?.devices], ['gone', here?.since, 0]);
  for (const [i, client] of [moderator, far].entries()) {
    const counts = client
      .all('presence')
      .slice(before[i])
      .flatMap((tick) => tick.counts);
    const seen = counts.filter((c) => c.unit === '79').map(({ door, gone }) => `${door} ${gone}`);
    assert.deepEqual(
      seen,
      [...new Set(seen)].sort((x, y) => y.localeCompare(x)),
      'it has left once',
    );
    assert.equal(seen[0], '3 0');
  }
});

test('SC2 CL7 a call rings wherever the unit is, and is not connected only when every living node says so', async () => {
  const link = one.links.filter(({ who }) => who.startsWith('commune'))[2];
  const program = await two.signIn(secretOf(link?.url ?? ''), 'meeting');
  const away = await ChannelClient.open(two, program, meeting.briefing);
  const unit = away.identity.slice(0, away.identity.indexOf('.'));
  const call = () => pm.act('call.start', { unit, seconds: 60 });
  const ringing = await call();
  assert.equal(ringing.state, 'ringing');
  await away.heardOf('call.ring', ({ id }) => id === ringing.id);
  await away.act('call.accept', { call: ringing.id });
  await moderator.sees('the called seat', (f) => f.speakers.some((s) => s.seat.identity === away.identity));
  await pm.act('call.end', { call: ringing.id });

  away.close();
  // The node that had it knows at once.
  const official = far.program;
  const help = `/api/briefings/${meeting.briefing}/callable/${unit}`;
  await until('nobody is there any more', async () => (await official.get(help)).body.unit.callable === 'absent');
  assert.equal((await call()).state, 'not-connected');

  const mute = await silentNode();
  const answer = await pm.ask('call.start', { unit, seconds: 60 });
  assert.ok('error' in answer);
  assert.equal(answer.error.reason, 'store-unavailable');
  assert.equal(answer.error.retryAfterSeconds, 3);
  assert.match(answer.error.message, /no answer from mute/);
  const here = await pm.act('call.start', { unit: chair.identity.slice(0, chair.identity.indexOf('.')), seconds: 60 });
  assert.equal(here.state, 'ringing', 'nobody is asked about a unit that is here');
  await pm.act('call.cancel', { call: here.id });
  await mute.close();
  assert.equal((await call()).state, 'not-connected');
});

/** A node that renews its lease, beats, and hears nothing. */
async function silentNode(): Promise<{ close(): Promise<void> }> {
  const redis = new Redis(one.stores.redisUrl);
  const postgres = await openAsServer(one.stores.databaseUrl);
  const membership = await Membership.create({
    redis,
    keys: BusKeys.of([CLUSTER_SECRET]),
    self: { node: 'mute', boot: randomUUID() },
    schema: (await migrationNames()).at(-1) ?? '',
    clock: systemClock,
    beats: new PgBeats(postgres),
  });
  await membership.join();
  const close = async () => {
    await membership.close();
    redis.disconnect();
    await postgres.close();
  };
  return { close };
}

test('CL5 a node with another secret does not start beside them', async () => {
  const { databaseUrl, redisUrl } = one.stores;
  const given = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, NODE_ID: 'stranger', ALLOW_SECOND_NODE: '1' };
  const start = TestNode.create({ ...given, CLUSTER_SECRET: 'what-no-other-node-of-this-test-was-told' });
  await assert.rejects(
    start.then((node) => node.close()),
    /another secret.*CLUSTER_SECRET/,
  );
});

test('CL1 CL2 whoever holds Redis alone moves no floor, by what they made up no more than by what they overheard', async () => {
  const redis = new Redis(one.stores.redisUrl);
  const overheard: { channel: string; text: string }[] = [];
  redis.on('pmessage', (_, channel: string, text: string) => void overheard.push({ channel, text }));
  await redis.psubscribe('dh:bus:*');
  const publisher = redis.duplicate();
  await chair.act('hand.raise', {});
  const { seq } = await far.sees('the hand', (f) => f.hands.length === 1);
  const { channel, text } = await until('it is overheard', () => overheard.find((m) => m.channel.endsWith(':floor')));
  const before = await refusals(two);
  const empty = text.replace(/"hands":\[[^\]]*\]/, '"hands":[]').replaceAll(`"seq":${seq}`, `"seq":${seq + 1}`);
  assert.notEqual(empty, text);
  for (const lie of [empty, empty.slice(empty.indexOf('{')), text]) await publisher.publish(channel, lie);
  await until('all are refused', async () => (await refusals(two)) === before + 3);
  assert.equal(far.floor.hands.length, 1);
  await chair.act('hand.lower', {});
  await far.sees('no hand', (f) => f.hands.length === 0 && f.seq === seq + 1);
  redis.disconnect();
  publisher.disconnect();
});

async function refusals(node: TestNode): Promise<number> {
  const metrics = await (await fetch(`${node.internalUrl}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => line.startsWith('dh_bus_refused_total{'));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

test('FL11 a device that one node put out is out on the other, and kept out of both', async () => {
  const guest = await meeting.commune(1);
  await guest.act('hand.raise', {});
  await far.sees('the hand', (f) => f.hands[0]?.seat.identity === guest.identity);
  await far.act('seat.remove', { identity: guest.identity });
  await guest.heardOf('farewell', (f) => f.reason === 'removed');
  for (const { url } of [one, two]) {
    const again = Object.assign(new Program(url), { token: guest.program.token });
    assert.equal((await again.post(`/api/briefings/${meeting.briefing}/join`)).status, 403);
  }
});

test('CH10 FL15 what the bus has lost is found by the sweep', async () => {
  const { embedded } = one.stores;
  assert.ok(embedded, 'this test kills a Redis of its own');
  const killed = embedded.pids().redis;
  process.kill(killed, 'SIGKILL');
  await chair.act('hand.raise', {});
  await far.sees('the hand', (f) => f.hands.length === 1);
  await until('Redis runs again', () => embedded.pids().redis !== killed);
  await far.act('hand.lower', { identity: chair.identity });
  await moderator.sees('no hand', (f) => f.hands.length === 0);
});

test('CH10 a briefing that ends while Redis is away shows its devices out on the other node, too', async () => {
  const { embedded } = one.stores;
  assert.ok(embedded, 'this test kills a Redis of its own; unset REDIS_URL');
  process.kill(embedded.pids().redis, 'SIGKILL');
  const { status } = await pm.program.post(`/api/briefings/${meeting.briefing}/close`);
  assert.equal(status, 200);
  await far.heardOf('briefing', (b) => b.state === 'closed');
  await far.heardOf('farewell', (f) => f.reason === 'briefing-closed');
});
