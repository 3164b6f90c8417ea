import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { StoredAccount } from '../../src/domain/organisation/ports.ts';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import { AnswerBook } from '../../src/domain/rollcall/AnswerBook.ts';
import { EntryService } from '../../src/domain/rollcall/EntryService.ts';
import { LiveRounds } from '../../src/domain/rollcall/LiveRounds.ts';
import { REFUSALS } from '../../src/domain/rollcall/limits.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import { Refusals } from '../../src/domain/rollcall/Refusals.ts';
import { RoundKeeper } from '../../src/domain/rollcall/RoundKeeper.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { DomainError } from '../../src/protocol/errors.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import type { AnswerAsk } from '../../src/protocol/rollcall.ts';
import { ownAnswersSchema, roundHistorySchema } from '../../src/protocol/rollcallRecords.ts';
import { PgAnswers } from '../../src/store/postgres/rollcall/PgAnswers.ts';
import { PgRefusals } from '../../src/store/postgres/rollcall/PgRefusals.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let rounds: RoundsUnderLaw;
let entries: EntryService;
let book: AnswerBook;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const store = new PgRounds(world.postgres);
  rounds = new RoundsUnderLaw(store);
  const live = new LiveRounds();
  const alarm = { moves: () => undefined, reprompt: () => undefined };
  const keeper = new RoundKeeper({ store, live, alarm, arrivals: { holds: () => false } });
  const refused = new PgRefusals(world.postgres);
  const refusals = new Refusals(refused, createLogger('silent'));
  entries = new EntryService({ store, live, keeper, refusals, figures: { last: () => null } });
  book = new AnswerBook({ store: new PgAnswers(world.postgres), refused, refusals });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const account = ({ unit: code, ...rest }: StoredAccount): Account => {
  const { path, tier, name } = world.units.get(code);
  return { ...rest, unit: { code, path, tier, name } };
};
const seat = (nr = 0) => account(world.seats[nr] as StoredAccount);
const pm = () => account(world.pm);
const from = (who: Account, device: string) => ({
  ...{ account: who, address: `10.0.0.${device}`, received: new Date(), identity: `${who.unit.code}.${device}` },
});
/** The same person in a briefing. */
const inside = (briefing: string, who: Account, device: string) => {
  const { identity, ...rest } = from(who, device);
  const { code: unit, path } = who.unit;
  return {
    ...rest,
    briefing,
    seat: { identity, account: who.id, unit, path, name: who.name, role: who.role, person: null },
  };
};
const say = (round: string, more: Partial<AnswerAsk> = {}): AnswerAsk => ({
  ...{ round, key: randomUUID(), answerer: 'chair', ...more },
});
const reasonOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.reason : error),
  );

async function open(more: Partial<NewRound> = {}) {
  const briefing = await world.liveBriefing();
  const wanted: NewRound = {
    ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
    ...{ repromptSeconds: 30, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
    by: { account: world.pm.id, name: world.pm.name },
  };
  return { briefing, id: (await rounds.open({ ...wanted, ...more })).opened.round.id };
}
const closeBriefing = (id: string) => world.briefings.advance({ id, epoch: 3, act: 'close', account: world.pm.id });

test('RC21 a committed answer whose acknowledgement was lost is answered with its receipt, also when the briefing has closed', async () => {
  const { briefing, id } = await open();
  const said = say(id);
  const { receipt } = await entries.answer(inside(briefing, seat(), 'a'), said);
  const { round: _, ...again } = said;
  for (const over of [false, true]) {
    if (over) await closeBriefing(briefing);
    const settled = await book.settle(from(seat(), 'b'), id, again);
    assert.deepEqual(settled?.receipt, receipt.read());
    assert.deepEqual([settled?.first, settled?.entry.state], [false, 'answered']);
    assert.deepEqual(await book.recorded(seat(), id, said.key), settled);
    assert.equal(await book.recorded(seat(), id, randomUUID()), null);
    assert.equal(await book.recorded(seat(1), id, said.key), null);
  }
});

test('RC21 one that is not on record is not called refused while its round runs, and is when it is over', async () => {
  const { briefing, id } = await open();
  const { round: _, ...said } = say(id);
  const asker = () => from(seat(), 'a');
  assert.equal(await book.settle(asker(), id, said), null);
  // Its late time is over, but a node may still be recording what came in time.
  await world.postgres.query(
    `UPDATE round_states SET deadline = clock_timestamp(), late_until = clock_timestamp() WHERE round = $1`,
    [id],
  );
  assert.equal(await book.settle(asker(), id, said), null);
  await closeBriefing(briefing);
  assert.equal(await reasonOf(book.settle(asker(), id, said)), 'too-late');
  assert.equal(await reasonOf(book.settle(asker(), randomUUID(), said)), 'not-found');
  assert.equal(await reasonOf(book.settle(from(pm(), 'a'), id, said)), 'not-found');
  const { records, refused } = await book.history(seat(), id);
  assert.deepEqual([records.length, refused.length, refused[0]?.times], [0, 1, 1]);
});

test('RC21 what a unit was asked and answered is read on any of its devices, newest first, with receipts, and by nobody else', async () => {
  const { briefing, id } = await open();
  const { code } = seat(2).unit;
  const note = { round: id, unit: code, key: randomUUID(), as: 'official', note: 'gọi' } as const;
  await entries.enter(inside(briefing, pm(), 'pm'), note);
  await entries.answer(inside(briefing, seat(2), 'a'), say(id));
  await entries.answer(inside(briefing, seat(2), 'b'), say(id, { corrects: 1 }));
  await closeBriefing(briefing);
  const { id: missed } = await open({ question: 'Lần nữa?' });
  const page = ownAnswersSchema.parse(await book.own(seat(2), { before: undefined, limit: 1 }));
  assert.deepEqual([page.answers[0]?.round.id, page.answers[0]?.entry.state, page.next], [missed, 'called', missed]);
  const { answers } = ownAnswersSchema.parse(await book.own(seat(2), { before: missed, limit: 1 }));
  const [own] = answers;
  assert.deepEqual(
    [own?.round.id, own?.round.state, own?.entry.state, own?.entry.own?.nr],
    [id, 'closed', 'answered', 2],
  );
  assert.deepEqual(
    own?.records.map(({ kind, receipt }) => [kind, receipt && receiptHolds(receipt) && receipt.record.address]),
    [
      ['official', null],
      ['answer', '10.0.0.a'],
      ['correction', '10.0.0.b'],
    ],
  );
  const seen = roundHistorySchema.parse(await book.history(pm(), id, code));
  assert.equal(
    seen.records[0]?.receipt?.record.address,
    '10.0.0.pm',
    'officials see where an official’s act came from',
  );
  assert.equal(await reasonOf(book.history(seat(1), id, code)), 'outside-territory');
  assert.equal(await reasonOf(book.history(account({ ...world.pm, role: 'operator' }), id, code)), 'forbidden');
  assert.equal(await reasonOf(book.history(pm(), id, '79')), 'not-found');
});

test('RC22 refused attempts leave a trace that their unit can read: too late, closed, another unit’s round, wrong digits', async () => {
  const { briefing, id } = await open({ proof: 'challenge', challenge: '07' });
  const other = await open({ scope: ['vn.79.10002'] });
  const chair = seat();
  const wrong = say(id, { challenge: '70' });
  const attempt = (where: string, said: AnswerAsk) => reasonOf(entries.answer(inside(where, chair, 'a'), said));
  assert.equal(await attempt(briefing, wrong), 'wrong-proof');
  assert.equal(await attempt(briefing, wrong), 'wrong-proof');
  assert.equal(await attempt(other.briefing, say(other.id)), 'not-found');
  assert.equal(await attempt(briefing, say(id, { challenge: '07', answerer: 'deputy' })), 'forbidden');
  await rounds.close(id, { account: world.pm.id, name: world.pm.name });
  assert.equal(await attempt(briefing, say(id, { challenge: '07' })), 'too-late');
  assert.equal(await attempt(briefing, say(randomUUID())), 'not-found', 'of no round there is no trace');
  const { refused } = await book.history(chair, id);
  assert.deepEqual(
    refused.map(({ reason, times, device, address }) => [reason, times, device, address]),
    [
      ['too-late', 1, '10001.a', '10.0.0.a'],
      ['forbidden', 1, '10001.a', '10.0.0.a'],
      ['wrong-proof', 2, '10001.a', '10.0.0.a'],
    ],
  );
  const page = await book.own(chair, { before: undefined, limit: 20 });
  assert.ok(page.refused.some(({ round, reason }) => round === other.id && reason === 'not-found'));
  assert.ok(!page.refused.some((one) => Object.values(one).includes('70')), 'the digits are not kept');
  assert.deepEqual((await book.history(pm(), id, chair.unit.code)).refused, refused, 'officials above read it too');
});

test('RC22 of a unit few are kept in each round, the first of them; those of others stay', async () => {
  const { briefing, id } = await open({ proof: 'challenge', challenge: '07' });
  const attempt = (nr: number) =>
    reasonOf(entries.answer(inside(briefing, seat(nr), 'a'), say(id, { answerer: 'deputy' })));
  await attempt(1);
  await attempt(0);
  const [first] = (await book.history(seat(0), id)).refused;
  await Promise.all(Array.from({ length: 3 * REFUSALS.ofRound }, () => attempt(0)));
  const { refused } = await book.history(seat(0), id);
  assert.deepEqual([refused.length, refused.at(-1)], [REFUSALS.ofRound, first]);
  assert.equal((await book.history(seat(1), id)).refused.length, 1);
});
