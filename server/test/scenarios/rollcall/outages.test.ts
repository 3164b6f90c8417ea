import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { answerUntilKept, proveKept } from '../../support/keptAnswers.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinksFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { until } from '../../support/until.ts';

/** Enough that some are in flight whenever something dies. */
const UNITS = 30;

let server: ServerProcess;
let meeting: Meeting;
let moderator: ChannelClient;
let seats: ChannelClient[];
before(async () => {
  server = await ServerProcess.create({}, undefined, { own: true });
  meeting = await Meeting.open(server);
  moderator = await meeting.enter('moderator');
  const { rows } = await moderator.act('presence.list', { root: '79', limit: UNITS });
  const secrets = await issueLinksFor(
    server,
    'seat',
    rows.map((row) => row.unit),
  );
  seats = [];
  for (const secret of secrets) seats.push(await meeting.withSecret(secret));
});
after(async () => {
  meeting?.close();
  await server?.close();
});
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';

/** All answer, a few every 10 ms, while `kill` does its work. */
async function answerWhile(kill: () => Promise<void>): Promise<void> {
  const scope = seats.map(unitOf);
  const round = await moderator.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope, seconds: 600 });
  const answers = seats.map(async (seat, i) => {
    await wait(10 * i);
    return answerUntilKept(seat, round.id);
  });
  await Promise.all([...answers, wait(50).then(kill)]);
  await proveKept(server.stores.databaseUrl, round.id, await Promise.all(answers));
  await until('the moderator has the sum', async () => {
    if (!moderator.socket.connected) return false;
    const page = await moderator.act('round.entries', { round: round.id, root: '79', states: ['answered'] });
    return page.total === UNITS;
  });
}

test('DL6 DL8 kill -9 of the server: every acknowledged answer is there once, and its receipt holds', () =>
  answerWhile(async () => {
    await server.kill();
    await server.start();
  }));

test('DL6 DL8 kill -9 of PostgreSQL: the same', () =>
  answerWhile(async () => {
    const { embedded } = server.stores;
    assert.ok(embedded, 'this test kills stores of its own; unset DATABASE_URL and REDIS_URL');
    process.kill(embedded.pids().postgres, 'SIGKILL');
  }));

test('DL6 DL10 kill -9 of Redis: answers do not notice', () =>
  answerWhile(async () => {
    const { embedded } = server.stores;
    assert.ok(embedded, 'this test kills stores of its own; unset DATABASE_URL and REDIS_URL');
    process.kill(embedded.pids().redis, 'SIGKILL');
  }));

test('RC3 DL10 a round whose deadline passed while the server was dead is due when it is back', async () => {
  const [seat] = seats as [ChannelClient];
  const round = await moderator.act('round.open', {
    ...{ key: randomUUID(), question: 'Có mặt?', scope: [unitOf(seat)], seconds: 5, lateSeconds: 600 },
  });
  await server.kill();
  await until('the deadline', () => Date.now() > Date.parse(round.deadline) + 50);
  await server.start();
  await until(
    'the seat knows',
    () =>
      seat
        .all('rounds')
        .at(-1)
        ?.rounds.some((r) => r.id === round.id && r.state === 'due'),
    30_000,
  );
  assert.equal((await answerUntilKept(seat, round.id)).entry.state, 'late');
});
