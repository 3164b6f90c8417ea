import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { EntryAsk, EntryKind } from '../../src/domain/rollcall/entryRules.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import type { Receipt } from '../../src/protocol/record.ts';
import { jsonbTime } from '../../src/store/postgres/base/columns.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { administer } from '../support/administer.ts';
import { done, reason } from '../support/entryOutcomes.ts';
import { RollcallGround } from '../support/RollcallGround.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';

let ground: RollcallGround;
before(async () => {
  ground = await RollcallGround.create();
});
after(() => ground?.close());

const open = (briefing: string, more: Partial<NewRound> = {}) => ground.rounds.open(ground.wanted(briefing, more));
const ask = (round: string, seat: 0 | 1 | 2, kind: EntryKind = 'answer', more: Partial<EntryAsk> = {}): EntryAsk =>
  ground.ask(round, seat, kind, more);

test('RC9 DL8 the first answer counts, repeats get its receipt: in one group, in the next, after the end', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing)).opened.round;
  const first = ask(id, 0);
  const group = await ground.rounds.enter(briefing, [first, first, ask(id, 0), ask(id, 1)]);
  assert.deepEqual(
    group.map((o) => done(o).first),
    [true, false, false, true],
  );
  const receipt = done(group[0]).receipt;
  assert.deepEqual(done(group[1]).receipt, receipt);
  assert.deepEqual(done(group[2]).receipt, receipt);
  await ground.rounds.close(id, ground.officer);
  const late = await ground.rounds.enter(briefing, [first, ask(id, 0), ask(id, 2)]);
  assert.deepEqual(done(late[0]).receipt, receipt);
  assert.deepEqual(done(late[1]).receipt, receipt);
  assert.equal(reason(late[2]), 'too-late');
  assert.equal((await ground.store.entriesSince(id, 0)).length, 2);
});

test('RC9 DL8 the same answers on two nodes at once are recorded once', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing)).opened.round;
  const asks = ([0, 1, 2] as const).map((seat) => ask(id, seat));
  const groups = await Promise.all(
    Array.from({ length: 6 }, () => new RoundsUnderLaw(new PgRounds(ground.world.postgres)).enter(briefing, asks)),
  );
  assert.deepEqual(groups.flat().filter((o) => done(o).first).length, 3);
  assert.deepEqual(
    (await ground.store.entriesSince(id, 0)).map((e) => e.seq),
    [1, 2, 3],
  );
});

test('DL7 what one ask of a group is refused for does not harm the others', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing, { proof: 'challenge', challenge: '07' })).opened.round;
  const group = await ground.rounds.enter(briefing, [
    ask(id, 0, 'answer', { challenge: '70' }),
    ask(randomUUID(), 1),
    ask(id, 2, 'answer', { challenge: '07' }),
  ]);
  assert.deepEqual(group.map(reason), ['wrong-proof', 'not-found', 'recorded']);
});

test('DL7 of a group that failed those are found that cannot be written, in a transaction that leaves nothing', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing)).opened.round;
  const before = ask(id, 0);
  await ground.rounds.enter(briefing, [before]);
  const named = (name: string) => ask(id, 1, 'answer', { name });
  const group = [before, named('Chị \u0000'), ask(id, 1), named('\ud800'), ask(id, 2, 'answer', { key: 'no uuid' })];
  await assert.rejects(ground.rounds.enter(briefing, group));
  const reasons = await ground.store.unwritable(group);
  assert.deepEqual(
    reasons.map((why) => why === undefined),
    [true, false, true, false, false],
  );
  assert.equal((await ground.store.load(id))?.entries.length, 1);
});

test('RC12 RC13 a confirmation makes an answer count; who, when and from where is on record', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing, { proof: 'official' })).opened.round;
  const answer = ask(id, 0);
  const confirm = ask(id, 0, 'confirm', { by: { ...ground.officer, identity: 'vn.b', address: '::1' } });
  const group = await ground.rounds.enter(briefing, [answer, confirm]);
  assert.deepEqual(
    done(group[1]).facts.map(({ kind }) => kind),
    ['answer', 'confirm'],
  );
  const rows = await ground.world.postgres.query(
    `SELECT kind, account, account_name, identity, address, key FROM round_entries WHERE round = $1 ORDER BY seq`,
    [id],
  );
  const [{ by: chair }, { by: pm }] = [answer, confirm];
  assert.deepEqual(rows, [
    { kind: 'answer', account: chair.account, account_name: chair.name, ...from(chair), key: answer.key },
    { kind: 'confirm', account: pm.account, account_name: pm.name, ...from(pm), key: confirm.key },
  ]);
});
const from = ({ identity, address }: EntryAsk['by']) => ({ identity, address });

test('RC7 what was recorded is never changed, and the states follow from it', async () => {
  for (const change of [`UPDATE round_entries SET late = true`, `DELETE FROM rounds`])
    await assert.rejects(administer(ground.stores.databaseUrl, change), /are a record/);
  const problems = await ground.world.postgres.transaction(liveProblems);
  assert.deepEqual(
    problems.filter((p) => p.includes('round')),
    [],
  );
});

test('AU2 AU9 the record of a receipt is the row as PostgreSQL writes it, whatever the texts and the moment', async () => {
  const briefing = await ground.world.liveBriefing();
  const names = ['"\\\n\t\u0001\u007f\u2028', '😀 Nguyễn Văn Ă\u0301', '</script>&amp;{}[]'];
  for (let i = 0; i < 12; i++) {
    const { id } = (await open(briefing)).opened.round;
    const said = { answerer: 'substitute' as const, name: names[i % names.length] as string };
    const group = await ground.rounds.enter(briefing, [
      ask(id, 0, 'answer', { ...said, key: randomUUID().toUpperCase() }),
      ask(id, 1, 'excused', { note: said.name }),
      ask(id, 2),
    ]);
    const rows = await ground.world.postgres.query<{ row: Receipt['record'] }>(
      'SELECT to_jsonb(e) AS row FROM round_entries e WHERE round = $1 ORDER BY leaf',
      [id],
    );
    assert.deepEqual(
      group.map((outcome) => done(outcome).receipt.record),
      rows.map(({ row }) => row),
    );
  }
  for (const ms of [0, 100, 120, 123, 23, 1]) {
    const moment = new Date(Date.UTC(2026, 8, 2, 10, 0, 0, ms));
    const [row] = await ground.world.postgres.query(`SELECT to_jsonb($1::timestamptz) #>> '{}' AS text`, [moment]);
    assert.equal(jsonbTime(moment), row?.text);
  }
});
