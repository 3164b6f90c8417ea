import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let one: TestNode;
let two: TestNode;
let meeting: Meeting;
let moderator: ChannelClient;
let chair: ChannelClient;
let neighbour: ChannelClient;
/** On the second node: a moderator, and a second device of the chair's unit. */
let far: ChannelClient;
let farChair: ChannelClient;
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
  moderator = await meeting.enter('moderator');
  [chair, neighbour] = [await meeting.commune(0), await meeting.commune(1)];
  const join = async (role: string, unit: string) => {
    const secret = await issueLinkFor(one, role, unit);
    return ChannelClient.open(two, await two.signIn(secret, `far-${role}`), meeting.briefing);
  };
  far = await join('moderator', '79');
  farChair = await join('seat', unitOf(chair));
});
after(async () => {
  farChair?.close();
  far?.close();
  meeting?.close();
  await two?.close();
  await one?.close();
});
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';
const open = (by: ChannelClient, more: object = {}) =>
  by.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope: ['79'], seconds: 600, ...more });
const ask = (round: string) => ({ round, key: randomUUID(), answerer: 'chair' as const });
const answered = (client: ChannelClient, round: string) =>
  client
    .all('round.tick')
    .filter((t) => t.round === round)
    .flatMap((t) => t.counts.filter((c) => c.unit === '79'))
    .at(-1)?.answered;

test('DL1 DL2 RC18 a round opened on one node asks on the other, and answers of both count on both', async () => {
  const round = await open(moderator);
  await farChair.heardOf('round', (n) => n.round.id === round.id);
  await neighbour.act('round.answer', ask(round.id));
  await farChair.act('round.answer', ask(round.id));
  await chair.heardOf('round.entry', (e) => e.round === round.id && e.state === 'answered');
  for (const client of [moderator, far]) await until('both', () => answered(client, round.id) === 2);
  await far.act('round.close', { key: randomUUID(), round: round.id });
  await chair.heardOf('round', (n) => n.round.id === round.id && n.round.state === 'closed');
});

test('RC9 DL8 two devices of a unit answer on two nodes at once: one is recorded, both have its receipt', async () => {
  const round = await open(far);
  await chair.heardOf('round', (n) => n.round.id === round.id);
  const repeated = ask(round.id);
  const answers = await Promise.all([
    chair.act('round.answer', repeated),
    farChair.act('round.answer', ask(round.id)),
    farChair.act('round.answer', repeated),
  ]);
  assert.equal(answers.filter((a) => a.first).length, 1);
  // Each of these nodes has stamped it by a key of its own.
  const proofs = answers.map(({ receipt: { stamp, ...proof } }) => proof);
  for (const proof of proofs) assert.deepEqual(proof, proofs[0]);
  const page = await far.act('round.entries', { round: round.id, root: '79', states: ['answered'] });
  assert.equal(page.total, 1);
});

test('CH6 a device that connects to another node ends its older connection here', async () => {
  const older = await meeting.commune(2);
  const program = new Program(two.url);
  program.token = older.program.token;
  const newer = await ChannelClient.open(two, program, meeting.briefing);
  assert.equal(newer.identity, older.identity);
  await older.heardOf('farewell', (f) => f.reason === 'replaced');
  await until('it is out', () => !older.socket.connected);
  assert.ok(newer.socket.connected);
  newer.close();
});

test('CH6 of two tabs that connect to two nodes in the same moment one stays', async () => {
  const another = async () => meeting.withSecret(await issueLinkFor(one, 'seat', unitOf(neighbour)));
  const [first, marker] = [await another(), await another()];
  const again = async (node: TestNode, { program }: ChannelClient) => {
    const there = new Program(node.url);
    there.token = program.token;
    return ChannelClient.open(node, there, meeting.briefing);
  };
  const redis = new Redis(one.stores.redisUrl);
  // Neither node hears of the other's device before both are there.
  await redis.call('CLIENT', 'PAUSE', '1500', 'WRITE');
  const tabs = await Promise.all([again(one, first), again(two, first)]);
  // What came after on both ways has arrived, so what came before has, too.
  const there = await again(two, marker);
  await marker.heardOf('farewell', ({ reason }) => reason === 'replaced');
  const back = await again(one, marker);
  await there.heardOf('farewell', ({ reason }) => reason === 'replaced');
  await until('one is out', () => tabs.filter(({ socket }) => socket.connected).length === 1);
  await tabs.find(({ socket }) => socket.connected)?.act('sync', {});
  for (const client of [...tabs, back]) client.close();
  redis.disconnect();
});

test('DL2 DL10 without Redis the other node is told by its sweep, and the deadline is kept', async () => {
  const { embedded } = one.stores;
  assert.ok(embedded, 'this test kills a Redis of its own');
  const killed = embedded.pids().redis;
  process.kill(killed, 'SIGKILL');
  const round = await open(moderator, { seconds: 5 });
  await farChair.heardOf('round', (n) => n.round.id === round.id);
  await chair.act('round.answer', ask(round.id));
  await until('it is counted there', () => answered(far, round.id) === 1);
  for (const client of [neighbour, farChair])
    await client.heardOf('round', (n) => n.round.id === round.id && n.round.state === 'due', 20_000);
  await until('Redis runs again', () => embedded.pids().redis !== killed);
});
