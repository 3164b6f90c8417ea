import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { receiptHolds } from '../../../src/domain/record/receipt.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { until } from '../../support/until.ts';

let server: ServerProcess;
let postgres: Postgres;
let meeting: Meeting;
let moderator: ChannelClient;
let communes: readonly [ChannelClient, ChannelClient, ChannelClient];
before(async () => {
  server = await ServerProcess.create();
  postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 1);
  meeting = await Meeting.open(server);
  moderator = await meeting.enter('moderator');
  communes = [await meeting.commune(0), await meeting.commune(1), await meeting.commune(2)];
});
after(async () => {
  server?.resume();
  meeting?.close();
  await postgres?.close();
  await server?.close();
});

const passed = (moment: string) =>
  until(
    `PostgreSQL's clock is past ${moment}`,
    async () => {
      const [row] = await postgres.query<{ passed: boolean }>('SELECT clock_timestamp() >= $1 AS passed', [moment]);
      return row?.passed;
    },
    60_000,
  );
const open = (more: { seconds: number; lateSeconds: number }) =>
  moderator.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope: ['79'], ...more });
const answer = (client: ChannelClient, round: string) =>
  client.ask('round.answer', { round, key: randomUUID(), answerer: 'chair' });

test('RC8 a server that slept past the deadline takes what came meanwhile as late, by the clock of PostgreSQL', async () => {
  const [early, sleeper] = communes;
  const round = await open({ seconds: 8, lateSeconds: 600 });
  const first = await answer(early, round.id);
  server.pause();
  const waiting = answer(sleeper, round.id);
  await passed(round.deadline);
  server.resume();
  const second = await waiting;
  assert.ok('ok' in first && 'ok' in second, JSON.stringify([first, second]));
  assert.deepEqual([first.ok.entry.state, second.ok.entry.state], ['answered', 'late']);
  assert.ok(receiptHolds(first.ok.receipt) && receiptHolds(second.ok.receipt));
  assert.ok(Date.parse(second.ok.receipt.at) >= Date.parse(round.deadline));
});

test('RC8 one that slept past the late time takes nothing more, and the round is closed once', async () => {
  const [, , sleeper] = communes;
  const round = await open({ seconds: 5, lateSeconds: 0 });
  server.pause();
  const waiting = answer(sleeper, round.id);
  await passed(round.lateUntil);
  server.resume();
  const refused = await waiting;
  assert.ok('error' in refused, JSON.stringify(refused));
  assert.equal(refused.error.reason, 'too-late');
  await until(
    'the round is closed on record',
    async () => {
      const acts = await postgres.query<{ act: string }>('SELECT act FROM round_acts WHERE round = $1', [round.id]);
      return acts.length === 1 && acts[0]?.act === 'close';
    },
    60_000,
  );
  await moderator.heardOf('round', (n) => n.round.id === round.id && n.round.state === 'closed', 30_000);
});

test('AU3 the record is in order after it', async () => {
  const snapshot = await Snapshot.create(server.stores.databaseUrl);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  assert.deepEqual(problems, []);
});
