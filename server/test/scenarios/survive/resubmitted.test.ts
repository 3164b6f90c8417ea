import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Receipt } from '../../../src/protocol/record.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { dh } from '../../support/dh.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinksFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import type { Program } from '../../support/TestNode.ts';

let server: ServerProcess;
let folder: string;
const open: { close(): void }[] = [];
before(async () => {
  server = await ServerProcess.create();
  folder = await mkdtemp(join(tmpdir(), 'dh-again-'));
});
after(async () => {
  for (const thing of open) thing.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

const program = async (command: string, args: readonly string[]) => {
  const done = await dh(command, args, databaseEnv(server.stores.databaseUrl));
  assert.equal(done.status, 0, done.out + done.err);
};
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';
const answer = (seat: ChannelClient, round: string, more: { corrects?: number } = {}) =>
  seat.act('round.answer', { round, key: randomUUID(), answerer: 'chair', ...more });
const offer = async (who: Program, receipts: readonly Receipt[]): Promise<string[]> => {
  const { status, body } = await who.post('/api/resubmissions', { receipts });
  assert.equal(status, 200, JSON.stringify(body));
  return body.outcomes;
};
const history = async (who: Program, round: string, unit: string) =>
  (await who.get(`/api/rounds/${round}/history?unit=${unit}`)).body;

test('RS1 RS2 RS3 RS4 RS5 AU17 what was answered after a backup is there again, once, and marked, when devices come back', async () => {
  const meeting = await Meeting.open(server);
  const moderator = await meeting.enter('moderator');
  const seats = [await meeting.commune(0), await meeting.commune(1)] as const;
  open.push(meeting);
  const [one, two] = seats.map(unitOf) as [string, string];
  const ask = async () =>
    (await moderator.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope: [one, two], seconds: 600 })).id;
  const official = await server.signIn(server.secret('moderator'), 'meeting');
  const told = await official.post('/api/directives', {
    ...{ key: randomUUID(), title: 'Kiểm tra đê', text: 'Kiểm tra.', addressees: { to: [one, two] } },
  });
  assert.equal(told.status, 200, JSON.stringify(told.body));
  const directive: string = told.body.directive?.id ?? told.body.id;
  const round = await ask();
  await program('backup/main', [join(folder, 'saved')]);

  const first = await answer(seats[0], round);
  const corrected = await answer(seats[0], round, { corrects: 1 });
  const other = await answer(seats[1], round);
  const lostRound = await ask();
  const gone = await answer(seats[0], lostRound);
  const chair = await server.signIn((await issueLinksFor(server, 'seat', [one]))[0] ?? '');
  const acted = await chair.post(`/api/directives/${directive}/acts`, {
    ...{
      key: randomUUID(),
      act: 'acknowledge',
      name: 'Trần Văn B',
      words: 'Sẽ kiểm tra trong hôm nay',
      promised: null,
    },
  });
  assert.equal(acted.status, 200, JSON.stringify(acted.body));
  meeting.close();
  await server.kill();
  await program('restore/main', [join(folder, 'saved'), '--replace']);
  await server.start();

  const [again = '', neighbour = ''] = await issueLinksFor(server, 'seat', [one, two]);
  const [leader = ''] = await issueLinksFor(server, 'moderator', ['79']);
  const [seat, stranger, above] = [
    await server.signIn(again),
    await server.signIn(neighbour),
    await server.signIn(leader),
  ];
  const { restored } = (await seat.get('/api/session')).body;
  assert.ok(restored.backupAt < first.receipt.at, 'RS1 the session says from when on receipts are wanted');
  assert.deepEqual((await history(above, round, one)).records, []);

  // The round is over for everybody else.
  const chaired = await ChannelClient.open(server, above, meeting.briefing);
  open.push(chaired);
  await chaired.act('round.close', { key: randomUUID(), round });

  const mine = [corrected.receipt, first.receipt, acted.body.receipt, gone.receipt];
  assert.deepEqual(await offer(seat, mine), ['taken', 'taken', 'taken', 'gone']);
  assert.deepEqual(await offer(seat, mine), ['taken', 'taken', 'taken', 'gone'], 'RS2 sent twice, it is one');
  const { entry, records } = await history(above, round, one);
  assert.deepEqual(
    records.map(({ kind, at, resubmittedAt }: Record<string, string>) => [kind, at, Boolean(resubmittedAt)]),
    [
      ['answer', first.entry.at, true],
      ['correction', corrected.entry.own?.at, true],
    ],
    'RS3 each once, with the moment of then, and marked',
  );
  assert.deepEqual([entry.state, Boolean(entry.resubmittedAt)], ['answered', true]);
  const follow = (await above.get(`/api/directives/${directive}/follows?root=${one}`)).body;
  assert.equal(follow.follows[0].state, 'acknowledged');
  assert.deepEqual(
    await offer(seat, [records[0].receipt]),
    ['stands'],
    'RS6 the row that was taken in has one of its own',
  );

  // Whoever alters a row, or stamps it themselves, proves nothing; and nobody sends what is another's.
  const forged = { ...other.receipt, record: { ...other.receipt.record, answerer: 'deputy' } };
  const { stamp: _, ...unstamped } = other.receipt;
  assert.deepEqual(await offer(stranger, [forged]), ['claimed']);
  assert.deepEqual(await offer(stranger, [unstamped]), ['claimed']);
  assert.equal((await stranger.post('/api/resubmissions', { receipts: [first.receipt] })).status, 403);
  assert.equal((await above.post('/api/resubmissions', { receipts: [first.receipt] })).status, 403);
  assert.deepEqual((await history(above, round, two)).records, []);
  assert.deepEqual(await offer(stranger, [other.receipt]), ['taken'], 'what it was given counts');

  const list = (await above.get('/api/resubmissions')).body;
  assert.equal(list.restore.id, restored.id);
  const shown = list.resubmissions.map((r: { unit: string; outcome: string; kind: string }) =>
    [r.unit, r.kind, r.outcome].join(),
  );
  assert.deepEqual(shown.sort(), [
    ...[`${one},act,taken`, `${one},answer,gone`, `${one},answer,taken`, `${one},answer,taken`],
    ...[`${two},answer,claimed`, `${two},answer,taken`],
  ]);
  assert.equal((await seat.get('/api/resubmissions')).status, 403);
  await program('audit/verify', []);
});
