import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../src/store/postgres/base/openDatabase.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import { connectRedis } from '../../../src/store/redis/Redis.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { answerUntilKept, proveKept } from '../../support/keptAnswers.ts';
import { Meeting } from '../../support/Meeting.ts';
import { type OutsideStores, outsideStores } from '../../support/outsideStores.ts';
import { issueLinkFor, issueLinksFor } from '../../support/people.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** Enough that some are in flight whenever something dies; every other one is at the second node. */
const UNITS = 16;

let stores: OutsideStores;
let one: TestNode;
let two: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let far: ChannelClient;
let seats: ChannelClient[] = [];
before(async () => {
  stores = await outsideStores();
  const env = { ...stores.env, ALLOW_SECOND_NODE: '1' };
  one = await TestNode.create(env, { outside: stores });
  two = await TestNode.create({ ...env, ...databaseEnv(stores.databaseUrl), NODE_ID: 'two' });
  meeting = await Meeting.open(one);
  pm = await meeting.enter('Prime');
  await pm.act('stage.goLive', {});
  moderator = await meeting.enter('moderator');
  const { rows } = await moderator.act('presence.list', { root: '79', limit: UNITS });
  const units = rows.map((row) => row.unit);
  const join = async (secret: string, nr: number) => {
    const node = nr % 2 === 0 ? one : two;
    return ChannelClient.open(node, await node.signIn(secret, `seat-${nr}`), meeting.briefing);
  };
  seats = await Promise.all((await issueLinksFor(one, 'seat', units)).map(join));
  far = await join(await issueLinkFor(one, 'moderator', '79'), 1);
});
after(async () => {
  for (const client of [far, ...seats]) client?.close();
  meeting?.close();
  await two?.close();
  // With the stores.
  await (one ?? stores)?.close();
});
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';
const open = () =>
  moderator.act('round.open', {
    ...{ key: randomUUID(), question: 'Có mặt?', scope: seats.map(unitOf), seconds: 600 },
  });

/** All answer, a few every 10 ms, while `kill` does its work; then everything that was acknowledged is there. */
async function answerWhile(round: string, kill: () => Promise<void>): Promise<void> {
  const answers = seats.map(async (seat, nr) => {
    await sleep(10 * nr);
    return answerUntilKept(seat, round);
  });
  await Promise.all([...answers, kill()]);
  await proveKept(stores.databaseUrl, round, await Promise.all(answers));
  // What B was told is seen at A, and the other way round.
  for (const official of [moderator, far])
    await until('both nodes have the sum', async () => {
      // Acts are limited, so it is asked slowly.
      if (!official.socket.connected) return sleep(300, false);
      const page = await official.act('round.entries', { round, root: '79', states: ['answered'] });
      return page.total === UNITS || sleep(300, false);
    });
}

/** A unit of the second node is called at the first: that needs both nodes, and Redis. */
async function callAcross(): Promise<void> {
  const seat = seats[1] as ChannelClient;
  const ringing = await until(
    'the call is taken',
    async () => {
      const answer = await pm.ask('call.start', { unit: unitOf(seat), seconds: 60 });
      if ('ok' in answer) return answer.ok;
      assert.equal(answer.error.reason, 'store-unavailable');
      // Acts are limited, so it is asked slowly.
      return sleep(400, undefined);
    },
    30_000,
  );
  assert.equal(ringing.state, 'ringing');
  await seat.heardOf('call.ring', ({ id }) => id === ringing.id);
  await pm.act('call.cancel', { call: ringing.id });
}

test('ST1 ST3 ST6 the master of Redis dies in a live roll-call: no answer is lost, and nodes speak by the new one', async () => {
  await stores.redis.settled();

  const before = await stores.redis.master();
  const round = await open();
  await answerWhile(round.id, () => stores.redis.killMaster());
  await until('another one is the master', async () => (await stores.redis.master()) !== before, 30_000);
  await callAcross();
});

test('ST1 a server that cannot prove who it is is refused, with what to do', async () => {
  const [database, redis] = [stores.databaseUrl, stores.redisUrl];
  const strange = { idleError: () => undefined, mayLose: true };
  const trusting = database.replace(/sslrootcert=[^&]*&/, '');
  await assert.rejects(
    openDatabase({ databaseUrl: trusting }, strange),
    /PostgreSQL at .* is not believed, .*sslrootcert/,
  );
  await assert.rejects(
    connectRedis(redis.replace(/ca=[^&]*&/, ''), () => undefined),
    /Redis at dieu-hanh of the sentinels .* is not believed, .*REDIS_CA/,
  );
  const plain = new URL(stores.postgres.primary.adminUrl);
  plain.searchParams.set('sslmode', 'disable');
  plain.username = 'operator';
  await assert.rejects(openDatabase({ databaseUrl: plain.href }, strange), /does not let operator in/);
});

test('ST2 ST5 the primary of PostgreSQL dies in a live roll-call: its standby has every acknowledged answer', async () => {
  const round = await open();
  const [early, refused] = [seats[0], seats[2]] as [ChannelClient, ChannelClient];
  // Some are acknowledged before, and none between the death and the promotion.
  const first = await answerUntilKept(early, round.id);
  await answerWhile(round.id, async () => {
    await stores.postgres.primary.kill();
    const answer = await refused.ask('round.open', {
      key: randomUUID(),
      question: 'Có mặt?',
      scope: ['79'],
      seconds: 60,
    });
    assert.ok('error' in answer);
    assert.equal(answer.error.reason, 'store-unavailable');
    await stores.postgres.promote();
  });
  const again = await answerUntilKept(early, round.id);
  assert.deepEqual(again.entry, first.entry);
  await open();
  const snapshot = await Snapshot.create(stores.databaseUrl);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  assert.deepEqual(problems, []);
});
