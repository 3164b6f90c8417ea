import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { receiptHolds } from '../../../src/domain/record/receipt.ts';
import type { Ack } from '../../../src/protocol/channel.ts';
import type { Entered } from '../../../src/protocol/rollcall.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
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

/** As a page does: the same answer under the same key until it is acknowledged. */
async function answer(seat: ChannelClient, round: string): Promise<Entered> {
  const ask = { round, key: randomUUID(), answerer: 'chair' as const };
  return until(
    `${seat.identity} is acknowledged`,
    async () => {
      if (!seat.socket.connected) return undefined;
      const told: Ack<'round.answer'> | undefined = await seat.socket
        .timeout(3_000)
        .emitWithAck('round.answer', ask)
        .catch(() => undefined);
      if (told && 'ok' in told) return told.ok;
      if (told && told.error.reason !== 'store-unavailable') throw new Error(JSON.stringify(told.error));
      // A page waits longer with each try; the server takes 40 acts in 10 seconds.
      await wait(300);
      return undefined;
    },
    60_000,
  );
}

/** Every acknowledged answer stands on record exactly once, with what its receipt says; and nothing else does. */
async function prove(round: string, acknowledged: readonly Entered[]): Promise<void> {
  const postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 1);
  const rows = await postgres
    .query<{ row: Entered['receipt']['record'] }>(
      'SELECT to_jsonb(e) AS row FROM round_entries e WHERE round = $1 ORDER BY unit',
      [round],
    )
    .finally(() => postgres.close());
  assert.deepEqual(
    rows.map(({ row }) => row),
    acknowledged.map(({ receipt }) => receipt.record).sort((a, b) => (String(a.unit) < String(b.unit) ? -1 : 1)),
  );
  for (const { receipt } of acknowledged) assert.ok(receiptHolds(receipt));
}

/** All answer, a few every 10 ms, while `kill` does its work. */
async function answerWhile(kill: () => Promise<void>): Promise<void> {
  const scope = seats.map(unitOf);
  const round = await moderator.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope, seconds: 600 });
  const answers = seats.map(async (seat, i) => {
    await wait(10 * i);
    return answer(seat, round.id);
  });
  await Promise.all([...answers, wait(50).then(kill)]);
  await prove(round.id, await Promise.all(answers));
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
  assert.equal((await answer(seat, round.id)).entry.state, 'late');
});
