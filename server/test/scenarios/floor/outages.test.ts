import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let chair: ChannelClient;
before(async () => {
  node = await TestNode.create({}, { own: true });
  meeting = await Meeting.open(node);
  [pm, chair] = [await meeting.enter('Prime'), await meeting.commune(0)];
  await pm.act('stage.goLive', {});
});
after(async () => {
  meeting?.close();
  await node?.close();
});
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';
const embedded = () => {
  const { embedded } = node.stores;
  if (!embedded) throw new Error('these tests kill stores of their own; unset DATABASE_URL and REDIS_URL');
  return embedded;
};

test('CH10 SC7 kill -9 of Redis while it rings: acts go on, and the call still times out', async () => {
  const before = embedded().pids().redis;
  const call = await pm.act('call.start', { unit: unitOf(chair), seconds: 5 });
  process.kill(before, 'SIGKILL');
  await chair.act('hand.raise', {});
  await pm.sees('the hand', (f) => f.hands.length === 1);
  await chair.act('hand.lower', {});
  const over = await pm.heardOf('call.over', (c) => c.id === call.id, 30_000);
  assert.equal(over.state, 'timed-out');
  await until('Redis runs again', () => embedded().pids().redis !== before);
});

test('SC7 a call that begins while Redis is away still times out', async () => {
  const before = embedded().pids().redis;
  process.kill(before, 'SIGKILL');
  const call = await pm.act('call.start', { unit: unitOf(chair), seconds: 5 });
  const over = await pm.heardOf('call.over', (c) => c.id === call.id, 30_000);
  assert.equal(over.state, 'timed-out');
  await until('Redis runs again', () => embedded().pids().redis !== before);
});

test('kill -9 of PostgreSQL: a clear refusal, the channel stays, and the same act works when it is back', async () => {
  const before = embedded().pids().postgres;
  process.kill(before, 'SIGKILL');
  // Its children outlive it by some milliseconds, and may still do what they are asked.
  const refusal = await until('it is refused', async () => {
    const answer = await chair.ask('hand.raise', {});
    return 'error' in answer && answer.error;
  });
  assert.equal(refusal.reason, 'store-unavailable');
  assert.ok(chair.socket.connected);
  const isReady = () =>
    fetch(`${node.url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until('the node is ready again', isReady, 20_000);
  await chair.act('hand.raise', {});
  await pm.sees('the hand', (f) => f.hands.length === 1);
  const call = await pm.act('call.start', { unit: unitOf(chair) });
  await chair.heardOf('call.ring', (c) => c.id === call.id);
  assert.equal((await chair.act('call.accept', { call: call.id })).state, 'accepted');
  await pm.act('call.end', { call: call.id });
});
