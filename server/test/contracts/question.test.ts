import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { decideQuestions, type QuestionAsk } from '../../src/domain/question/decide.ts';
import { LiveQuestions } from '../../src/domain/question/LiveQuestions.ts';
import { ANSWERS_OF_ONE } from '../../src/domain/question/limits.ts';
import type { QuestionOutcome } from '../../src/domain/question/ports.ts';
import { QuestionService } from '../../src/domain/question/QuestionService.ts';
import { inBriefing, ownQuestion } from '../../src/domain/question/views.ts';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgQuestions } from '../../src/store/postgres/question/PgQuestions.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let store: PgQuestions;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  store = new PgQuestions(world.postgres);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

function from({ id, name, role, unit }: OfficialWorld['pm']): QuestionAsk['by'] {
  const { path } = world.units.get(unit);
  const account = { id, name, role, unit: { code: unit, path, name } } as Account;
  return { account, identity: `${unit}.a`, address: '10.0.0.1', person: { name: 'Lê A', title: 'Chủ tịch' } };
}
const seat = (nr: number) => from(world.seats[nr] as OfficialWorld['pm']);
const ask = (nr: number, key: string = randomUUID(), text = 'Bao giờ?'): QuestionAsk => ({
  ...{ act: 'ask', by: seat(nr), key, text },
});
const decides = (by: OfficialWorld['pm'], questions: string[], decision: { act: 'pass' | 'air' }): QuestionAsk => ({
  ...{ act: 'decide', by: from(by), key: randomUUID(), questions, decision },
});
const record = (briefing: string, ...asks: QuestionAsk[]) =>
  store.record(briefing, asks, (moment) => decideQuestions(asks, moment));
const said = (outcome: QuestionOutcome) =>
  'error' in outcome ? (outcome.error as { reason: string }).reason : outcome.first;
const serviceOf = (live: LiveQuestions) =>
  new QuestionService({
    ...{ store, live, names: { name: (code) => code, above: () => '' }, readBriefing: async () => undefined },
    failed: (error) => assert.fail(String(error)),
  });
const nothingWrong = async () => assert.deepEqual(await world.postgres.transaction(liveProblems), []);

test('QU13 DL7 a group is one transaction under one seal, a refusal concerns its own ask, and each receipt holds', async () => {
  const briefing = await world.liveBriefing();
  const [one, two] = [ask(0), ask(1)];
  const outcomes = await record(briefing, one, ask(0), two, one);
  assert.deepEqual(outcomes.map(said), [true, 'conflict', true, false]);
  const receipts = outcomes.flatMap((outcome) => ('error' in outcome ? [] : (outcome.receipt?.read() ?? [])));
  assert.equal(receipts.length, 3);
  for (const receipt of receipts) assert.ok(receiptHolds(receipt));
  assert.equal(new Set(receipts.map(({ seal }) => seal)).size, 1);
  assert.deepEqual(receipts[2], receipts[0], 'the same ask has the same receipt');
  const again = await record(briefing, one);
  assert.deepEqual(again.map(said), [false]);
  const [repeated] = again;
  assert.deepEqual(repeated && !('error' in repeated) && repeated.receipt?.read().leaf, receipts[0]?.leaf);
  await nothingWrong();
});

test('QU3 two groups at the same moment see each other: a unit has one open question', async () => {
  const briefing = await world.liveBriefing();
  const outcomes = await Promise.all([record(briefing, ask(0)), record(briefing, ask(0)), record(briefing, ask(1))]);
  assert.deepEqual(outcomes.flat().map(said).sort(), ['conflict', true, true].sort());
  const acts = await store.since(briefing, 0);
  assert.deepEqual(
    acts.map(({ seq }) => seq),
    [1, 2],
  );
});

test('QU13 a node learns from the record what it has missed, and no more than that', async () => {
  const briefing = await world.liveBriefing();
  const live = new LiveQuestions(store);
  await live.ensure(briefing);
  const told: string[][] = [];
  live.on('moved', (_, { questions }) => told.push(questions.map(({ id }) => id)));
  const key = randomUUID();
  await record(briefing, ask(0, key), ask(1));
  await live.sweep();
  await live.sweep();
  assert.equal(told.length, 1);
  await record(briefing, decides(world.moderator, [key], { act: 'pass' }));
  await live.hint({ briefing, seq: 3 });
  assert.deepEqual(told.at(-1), [key]);
  assert.equal(live.get(briefing).get(key)?.desk, 'vn');
  await record(briefing, decides(world.pm, [key], { act: 'air' }));
  const board = await live.fresh(briefing);
  assert.deepEqual(
    board.answered().map(({ id }) => id),
    [key],
  );
  await nothingWrong();
});

test('QU3 QU12 what became of a key is said for the own unit alone, and when nothing more will come of it', async () => {
  const briefing = await world.liveBriefing();
  const asked = ask(0);
  await record(briefing, asked);
  const own = await store.underKey(briefing, '10001', asked.key);
  assert.equal(own.done?.question, asked.key);
  assert.ok(own.done && receiptHolds(own.done.receipt));
  assert.equal((await store.underKey(briefing, '10002', asked.key)).done, undefined);
  await world.briefings.advance({ id: briefing, epoch: 3, act: 'close', account: world.pm.id });
  assert.equal((await store.underKey(briefing, '10001', randomUUID())).over, true);
  assert.deepEqual((await record(briefing, ask(1))).map(said), ['briefing-closed']);
  assert.deepEqual(
    (await store.askedBy('10001', 1)).map(({ id }) => id),
    [briefing],
  );
});

test('QU11 a unit reads its own questions of many briefings, with where they stand, and nothing of others is read for it', async () => {
  const live = new LiveQuestions({ marks: () => store.marks(), since: () => assert.fail('all of a briefing is read') });
  const service = serviceOf(live);
  const briefings: string[] = [];
  for (let nr = 0; nr < 10; nr += 1) {
    const briefing = await world.liveBriefing();
    const [own, other] = [ask(2, randomUUID(), `Câu ${nr}`), ask(0)];
    await record(briefing, own, other);
    const join = { act: 'join', into: other.key } as const;
    const decided = {
      act: 'decide',
      by: from(world.pm),
      key: randomUUID(),
      questions: [own.key],
      decision: join,
    } as const;
    assert.deepEqual((await record(briefing, decided, decides(world.pm, [other.key], { act: 'air' }))).map(said), [
      true,
      true,
    ]);
    briefings.push(briefing);
  }
  const { questions } = await service.own(seat(2).account);
  assert.deepEqual(
    questions.map(({ question: { briefing, text, joined, state } }) => [briefing, text, joined, state.kind]),
    briefings.map((briefing, nr) => [briefing, `Câu ${nr}`, true, 'answered']).reverse(),
  );
});

test('QU10 one account reads answers of briefings so often and no more, and holds up no other', async () => {
  const briefing = await world.liveBriefing();
  const service = serviceOf(new LiveQuestions(store));
  const reads = Array.from({ length: ANSWERS_OF_ONE.burst + 3 }, () => service.answered(seat(0).account, briefing));
  const refused = (await Promise.allSettled(reads)).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  assert.deepEqual(
    refused.map(({ reason }) => reason),
    Array(3).fill('rate-limited'),
  );
  assert.deepEqual(await service.answered(seat(1).account, briefing), []);
});

test('QU15 RH2 what is asked in a rehearsal is sealed on its own chain, and says so', async () => {
  const { id } = await world.briefings.create({
    ...{ title: 'Diễn tập', scheduledAt: '2026-09-02T01:00:00.000Z', stage: 'vn', scope: ['vn'], expected: 3 },
    ...{ createdBy: world.pm.id, rehearsal: true },
  });
  const expected = world.units.index.baseUnits(['vn']);
  await world.briefings.advance({ id, epoch: 1, act: 'open', account: world.pm.id, expected });
  const [outcome] = await record(id, ask(0));
  const receipt = outcome && !('error' in outcome) && outcome.receipt?.read();
  assert.ok(receipt);
  assert.equal(receipt.chain, `rehearsal:${id}`);
  const live = new LiveQuestions(store);
  const [question] = (await live.fresh(id)).ofUnit('10001');
  assert.ok(question);
  const names = { name: () => undefined, above: () => '' };
  const own = ownQuestion(live.get(id), names, question);
  assert.equal(inBriefing({ id, title: 'Diễn tập' }, own).rehearsal, true);
});
