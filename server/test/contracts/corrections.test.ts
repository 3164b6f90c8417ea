import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import type { EntryAsk, EntryKind } from '../../src/domain/rollcall/entryRules.ts';
import type { EntryOutcome, NewRound } from '../../src/domain/rollcall/ports.ts';
import { RoundBoard } from '../../src/domain/rollcall/RoundBoard.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { PgRoundAnswers } from '../../src/store/postgres/rollcall/PgRoundAnswers.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { administer } from '../support/administer.ts';
import { RollcallGround } from '../support/RollcallGround.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';

let ground: RollcallGround;
before(async () => {
  ground = await RollcallGround.create();
});
after(() => ground?.close());

async function open(more: Partial<NewRound> = {}) {
  const briefing = await ground.world.liveBriefing();
  const { opened } = await ground.rounds.open(ground.wanted(briefing, { answerers: ['chair', 'deputy'], ...more }));
  return { briefing, id: opened.round.id };
}
const chair = (device = 'a') => {
  const { unit: _, ...by } = ground.seat(0, device);
  return by;
};
const official = () => ({ ...ground.officer, identity: 'vn.pm', address: '192.0.2.1' });
const ask = (round: string, kind: EntryKind, more: Partial<EntryAsk> = {}): EntryAsk =>
  ground.ask(round, 0, kind, more);
const said = (outcome: EntryOutcome | undefined) => {
  if (outcome && 'error' in outcome) return (outcome.error as { reason: string }).reason;
  assert.ok(outcome && receiptHolds(outcome.receipt.read()));
  return outcome.first ? outcome.record.seq : `again ${outcome.record.seq}`;
};
const enter = async (briefing: string, ...asks: EntryAsk[]) => (await ground.rounds.enter(briefing, asks)).map(said);
const boardOf = async (id: string) => {
  const whole = await ground.store.load(id);
  assert.ok(whole);
  return new RoundBoard(whole, whole.round.openedAt);
};
const nothingWrong = async (round: string) =>
  assert.deepEqual(
    (await ground.world.postgres.transaction(liveProblems)).filter((p) => p.includes(round)),
    [],
  );

test('RC19 a unit’s answer after an official’s note keeps both, each with its own device and address', async () => {
  const { briefing, id } = await open();
  const note = ask(id, 'official', { by: official(), note: 'gọi điện' });
  const answer = ask(id, 'answer');
  assert.deepEqual(await enter(briefing, note, answer, answer, note), [1, 2, 'again 2', 'again 1']);
  const rows = await ground.world.postgres.query(
    'SELECT kind, account, identity, address FROM round_entries WHERE round = $1 ORDER BY seq',
    [id],
  );
  const from = ({ by: { account, identity, address } }: EntryAsk) => ({ account, identity, address });
  assert.deepEqual(rows, [
    { kind: 'official', ...from(note) },
    { kind: 'answer', ...from(answer) },
  ]);
  const [count] = (await boardOf(id)).counts('vn');
  assert.deepEqual([count?.answered, count?.official], [1, 0]);
  await nothingWrong(id);
});

test('RC20 a correction stands beside the answer, from another device of who gave it; every sum counts the last', async () => {
  const { briefing, id } = await open({ answerers: ['chair', 'substitute'] });
  const first = ask(id, 'answer', { answerer: 'substitute', name: 'Nguyễn Văn B' });
  const correction = ask(id, 'correction', { by: chair('b'), own: 1 });
  assert.deepEqual(await enter(briefing, first, correction, correction, first), [1, 2, 'again 2', 'again 1']);
  const board = await boardOf(id);
  const [count] = board.counts('vn');
  assert.deepEqual([count?.answered, count?.substituted, count?.called], [1, 0, 2]);
  const { own, state, answerer } = board.entry('10001') ?? {};
  assert.deepEqual([state, answerer, own?.nr, own?.account], ['answered', 'chair', 2, chair().account]);
  await ground.rounds.close(id, ground.officer);
  const [act] = await ground.world.postgres.query<{ counts: object }>(
    'SELECT counts FROM round_acts WHERE round = $1',
    [id],
  );
  assert.deepEqual(act?.counts, { ...zero, answered: 1, absent: 2 });
  const last = await new PgRoundAnswers(ground.world.postgres).ofLastRounds(briefing, ['10001', '10002']);
  assert.deepEqual([...last].sort(), [
    ['10001', 'answered'],
    ['10002', 'missed'],
  ]);
  await nothingWrong(id);
});
const zero = {
  ...{ called: 0, answered: 0, late: 0, substituted: 0, official: 0, excused: 0, unconfirmed: 0, away: 0, absent: 0 },
};

test('RC25 a unit says that it is absent and why, and otherwise until the deadline; its record stays whole', async () => {
  const { briefing, id } = await open({ proof: 'challenge', challenge: '07' });
  const note = 'Chủ tịch đi chống bão';
  const absence = ask(id, 'absence', { note });
  assert.deepEqual(await enter(briefing, absence, absence, ask(id, 'answer', { challenge: '07' })), [
    ...[1, 'again 1', 'again 1'],
  ]);
  const board = async () => {
    const known = await boardOf(id);
    const [count] = known.counts('vn');
    return [known.entry('10001')?.away, known.entry('10001')?.note, count?.away, count?.called, count?.answered];
  };
  assert.deepEqual(await board(), [true, note, 1, 2, 0]);
  const present = ask(id, 'correction', { own: 1, challenge: '07' });
  assert.deepEqual(await enter(briefing, present), [2]);
  assert.deepEqual(await board(), [undefined, null, 0, 2, 1]);
  const other = ask(id, 'absence', { own: 2, note: 'mất điện', by: chair('b') });
  assert.deepEqual(await enter(briefing, other, ask(id, 'absence', { own: 2, note })), [3, 'conflict']);
  await ground.rounds.close(id, ground.officer);
  const [act] = await ground.world.postgres.query<{ counts: object }>(
    'SELECT counts FROM round_acts WHERE round = $1',
    [id],
  );
  assert.deepEqual(act?.counts, { ...zero, away: 1, absent: 2 });
  const last = await new PgRoundAnswers(ground.world.postgres).ofLastRounds(briefing, ['10001']);
  assert.deepEqual([...last], [['10001', 'away']]);
  await nothingWrong(id);
});

test('RC25 a closing that a version before absences has sealed verifies; one that hides an absence does not', async () => {
  const { briefing, id } = await open();
  await enter(briefing, ask(id, 'absence', { note: 'lũ' }));
  await ground.rounds.close(id, ground.officer);
  const counted = (counts: string) =>
    administer(
      ground.stores.databaseUrl,
      `SET session_replication_role = replica; UPDATE round_acts SET counts = ${counts} WHERE round = '${id}'`,
    );
  const wrong = async () =>
    (await ground.world.postgres.transaction(liveProblems)).filter((p) => p.includes(id) && p.includes('counted as'));
  await counted(`counts - 'away' || '{"absent": 3}'`);
  assert.deepEqual(await wrong(), []);
  await counted(`counts || '{"away": 0}'`);
  assert.ok((await wrong()).some((p) => p.includes('0 units were counted as away')));
  await counted(`counts || '{"away": 1, "absent": 2}'`);
});

test('RC20 two corrections at once on two nodes: one is done; nobody else corrects, and nobody after the deadline', async () => {
  const { briefing, id } = await open();
  await enter(briefing, ask(id, 'answer'));
  const other = new RoundsUnderLaw(new PgRounds(ground.world.postgres));
  const wishes = [ask(id, 'correction', { own: 1 }), ask(id, 'correction', { own: 1, answerer: 'deputy' })];
  const both = await Promise.all([
    ground.rounds.enter(briefing, wishes.slice(0, 1)),
    other.enter(briefing, wishes.slice(1)),
  ]);
  assert.deepEqual(both.flat().map(said).sort(), [2, 'conflict']);
  const stranger = { ...chair(), account: ground.world.seats[1]?.id ?? '' };
  assert.deepEqual(await enter(briefing, ask(id, 'correction', { by: stranger })), ['forbidden']);
  await ground.world.postgres.query('UPDATE round_states SET deadline = clock_timestamp() WHERE round = $1', [id]);
  assert.deepEqual(await enter(briefing, ask(id, 'correction', { received: new Date() })), ['too-late']);
});

test('RC12 RC20 an official confirms the answer that they saw; a corrected one waits, and is confirmed once more', async () => {
  const { briefing, id } = await open({ proof: 'official' });
  const confirm = (own: number) => ask(id, 'confirm', { by: official(), own });
  const asks = [ask(id, 'answer'), confirm(1), ask(id, 'correction', { answerer: 'deputy' }), confirm(1)];
  assert.deepEqual(await enter(briefing, ...asks), [1, 2, 3, 'conflict']);
  const second = confirm(2);
  const waiting = (await boardOf(id)).entry('10001');
  assert.deepEqual([waiting?.answerer, waiting?.unconfirmed, waiting?.own?.answerer], ['chair', true, 'deputy']);
  assert.deepEqual(await enter(briefing, second, second, confirm(2)), [4, 'again 4', 'again 4']);
  const settled = (await boardOf(id)).entry('10001');
  assert.deepEqual([settled?.answerer, settled?.unconfirmed], ['deputy', false]);
  await nothingWrong(id);
});

// The last: it alters what is recorded.
test('RC20 verification names a correction of what its account has not answered', async () => {
  const { briefing, id } = await open();
  await enter(briefing, ask(id, 'answer'), ask(id, 'correction'));
  await administer(
    ground.stores.databaseUrl,
    `SET session_replication_role = replica;
     UPDATE round_entries SET account = '${randomUUID()}' WHERE round = '${id}' AND kind = 'correction'`,
  );
  const problems = await ground.world.postgres.transaction(liveProblems);
  assert.ok(
    problems.some((p) => p.includes(id) && p.includes('corrects what it has not answered')),
    problems.join(),
  );
});
