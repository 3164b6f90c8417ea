import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { BusKeys } from '../../../src/cluster/bus/BusKeys.ts';
import { Membership } from '../../../src/cluster/membership/Membership.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { migrationNames } from '../../../src/store/postgres/base/migrationFiles.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
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

/** Asks until it is known which nodes there are; nodes that have just started do not know at once. */
const call = (unit: string) =>
  until(
    'the call is taken',
    async () => {
      const answer = await pm.ask('call.start', { unit, seconds: 60 });
      if ('ok' in answer) return answer.ok;
      assert.equal(answer.error.reason, 'store-unavailable');
      // Acts are limited, so it is asked slowly.
      await sleep(500);
      return undefined;
    },
    30_000,
  );

test('SC2 CL7 a call rings wherever the unit is, and is not connected only when every living node says so', async () => {
  const link = one.links.filter(({ who }) => who.startsWith('commune'))[2];
  const away = await ChannelClient.open(two, await two.signIn(secretOf(link?.url ?? ''), 'away'), meeting.briefing);
  const unit = away.identity.slice(0, away.identity.indexOf('.'));
  const ringing = await call(unit);
  assert.equal(ringing.state, 'ringing');
  await away.heardOf('call.ring', ({ id }) => id === ringing.id);
  await away.act('call.accept', { call: ringing.id });
  await moderator.sees('the called seat', (f) => f.speakers.some((s) => s.seat.identity === away.identity));
  await pm.act('call.end', { call: ringing.id });

  away.close();
  const nobody = await until('nobody is there any more', async () => {
    const again = await call(unit);
    if (again.state === 'not-connected') return true;
    await pm.act('call.cancel', { call: again.id });
    return sleep(200, false);
  });
  assert.ok(nobody);

  const mute = await silentNode();
  const answer = await pm.ask('call.start', { unit, seconds: 60 });
  assert.ok('error' in answer);
  assert.equal(answer.error.reason, 'store-unavailable');
  assert.equal(answer.error.retryAfterSeconds, 3);
  assert.match(answer.error.message, /no answer from mute/);
  const here = await call(chair.identity.slice(0, chair.identity.indexOf('.')));
  assert.equal(here.state, 'ringing', 'nobody is asked about a unit that is here');
  await pm.act('call.cancel', { call: here.id });
  await mute.close();
  assert.equal((await call(unit)).state, 'not-connected');
});

/** A node that renews its lease, and hears nothing. */
async function silentNode(): Promise<{ close(): Promise<void> }> {
  const redis = new Redis(one.stores.redisUrl);
  const membership = await Membership.create({
    redis,
    keys: BusKeys.of([CLUSTER_SECRET]),
    self: { node: 'mute', boot: randomUUID() },
    schema: (await migrationNames()).at(-1) ?? '',
    clock: systemClock,
  });
  await membership.join();
  const close = async () => {
    await membership.close();
    redis.disconnect();
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
  await far.sees('the hand', (f) => f.hands.length === 1, 6_000);
  await until('Redis runs again', () => embedded.pids().redis !== killed);
  await far.act('hand.lower', { identity: chair.identity });
  await moderator.sees('no hand', (f) => f.hands.length === 0, 6_000);
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
