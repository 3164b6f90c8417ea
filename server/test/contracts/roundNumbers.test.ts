import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { AskedFigures } from '../../src/domain/figure/asked/AskedFigures.ts';
import { AskedRecorder } from '../../src/domain/figure/asked/AskedRecorder.ts';
import { askedCode } from '../../src/domain/figure/asked/askedIndicator.ts';
import { FigureCards } from '../../src/domain/figure/FigureCards.ts';
import { FigureIntake } from '../../src/domain/figure/FigureIntake.ts';
import { FigureService } from '../../src/domain/figure/FigureService.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import type { EntryAsk } from '../../src/domain/rollcall/entryRules.ts';
import { RoundBoard } from '../../src/domain/rollcall/RoundBoard.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { type AskedNumber, askNumberSchema } from '../../src/protocol/rollcallNumber.ts';
import { PgAskedNumbers } from '../../src/store/postgres/figure/PgAskedNumbers.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { PgAnswers } from '../../src/store/postgres/rollcall/PgAnswers.ts';
import { done, reason } from '../support/entryOutcomes.ts';
import { freeBeds } from '../support/official/figure.ts';
import { RollcallGround } from '../support/RollcallGround.ts';
import { until } from '../support/until.ts';

let ground: RollcallGround;
before(async () => {
  ground = await RollcallGround.create();
});
after(() => ground?.close());

const beds = (more: Partial<AskedNumber> = {}): AskedNumber => ({
  ...{ label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 50_000, soft: null, indicator: null, ...more },
});
const said = (value: number, held = false) => ({ number: { value, held } });
const openAsking = async (number: AskedNumber) => {
  const briefing = await ground.world.liveBriefing();
  const { opened } = await ground.rounds.open(ground.wanted(briefing, { number }));
  return { briefing, ...opened };
};
const enter = (briefing: string, ...asks: EntryAsk[]) => ground.rounds.enter(briefing, asks);
const problems = async () =>
  (await ground.world.postgres.transaction(liveProblems)).filter((one) => one.includes('round'));
const official = () => ({ by: { ...ground.officer, identity: 'vn.b', address: '::1' } });

/** A node's figures, and what takes rounds over into them. */
async function figuresOf() {
  const { postgres, units } = ground.world;
  const reader = new PgFigureReader(postgres);
  const clock = { now: () => new Date() };
  const live = new LiveFigures({ store: reader, units: () => units.index.units, clock });
  await live.reload();
  const committed = (n: number) => live.committed(n);
  const intake = new FigureIntake({ store: new PgFigureIntake(postgres), tree: () => units.index, committed });
  const recorder = new AskedRecorder({
    ...{ store: new PgAskedNumbers(postgres), rounds: ground.store, definitions: new PgFigureDefinitions(postgres) },
    ...{ intake, committed, now: () => live.now(), logger: createLogger('silent') },
  });
  const cards = new FigureCards(live);
  const figures = new FigureService({ live, cards, store: reader, tree: () => units.index });
  const look = async () => {
    await recorder.look();
    await live.sweep();
  };
  return { live, cards, figures, look, asked: new AskedFigures(live) };
}

test('FG30 RC9 a number rides with the answer, and has its own receipt under the same seal', async () => {
  const { briefing, round, units } = await openAsking(beds());
  assert.deepEqual(round.number, beds());
  const first = ground.ask(round.id, 0, 'answer', said(1_200));
  const [one, two] = await enter(briefing, first, ground.ask(round.id, 1, 'answer'));
  const receipt = done(one).numberReceipt?.read();
  assert.ok(receipt && receiptHolds(receipt));
  assert.deepEqual(
    [receipt.table, receipt.record.value, receipt.seal],
    [...['round_number_answers', 1_200, done(one).receipt.seal]],
  );
  assert.equal(done(two).numberReceipt, undefined, 'it has said none');
  const [again] = await enter(briefing, first);
  assert.deepEqual([done(again).first, done(again).numberReceipt?.read()], [false, receipt]);
  const whole = await ground.store.load(round.id);
  assert.deepEqual(
    whole?.entries.map(({ number }) => number),
    [{ value: 1_200, held: false }, undefined],
  );
  assert.deepEqual(whole?.units, units);
  const book = await new PgAnswers(ground.world.postgres).one(round.id, '10001');
  assert.deepEqual(
    book.asked?.records.map(({ record, numberReceipt }) => [record.number?.value, numberReceipt]),
    [[1_200, receipt]],
  );
  assert.deepEqual(await problems(), []);
});

test('FG31 RC9 one that is out of its limits is refused by itself, and records nothing', async () => {
  const { briefing, round } = await openAsking(beds({ max: 100 }));
  const group = await enter(
    briefing,
    ground.ask(round.id, 0, 'answer', said(101)),
    ground.ask(round.id, 1, 'answer', said(100)),
  );
  assert.deepEqual(group.map(reason), ['bad-request', 'recorded']);
  assert.equal((await ground.store.load(round.id))?.entries.length, 1);
});

test('FG30 FG32 it is changed until the deadline by the unit, then by an official; each change is sealed', async () => {
  const { briefing, round } = await openAsking(beds());
  const reasonless = ground.ask(round.id, 0, 'number', { ...official(), ...said(130) });
  await enter(
    briefing,
    ground.ask(round.id, 0, 'answer', said(120)),
    ground.ask(round.id, 1, 'answer', said(9_000, true)),
    ground.ask(round.id, 0, 'correction', { ...said(125), own: 1 }),
  );
  const sum = async () => {
    const whole = await ground.store.load(round.id);
    assert.ok(whole);
    const board = new RoundBoard(whole, new Date());
    const [row] = board.sums?.rows('vn') ?? [];
    return [row?.value, row?.coverage.fresh, row?.coverage.held, row?.coverage.none];
  };
  assert.deepEqual(await sum(), [125, 1, 1, 1]);
  const change = ground.ask(round.id, 1, 'number', { ...official(), ...said(900), note: 'gõ thừa một số 0' });
  assert.deepEqual((await enter(briefing, change)).map(reason), ['conflict'], 'the deadline has not passed');
  await ground.rounds.close(round.id, ground.officer);
  const group = await enter(briefing, reasonless, change, change);
  assert.deepEqual(group.map(reason), ['bad-request', 'recorded', 'recorded']);
  assert.deepEqual([done(group[1]).first, done(group[2]).first], [true, false]);
  assert.deepEqual(await sum(), [1_025, 2, 0, 1]);
  assert.deepEqual(await problems(), []);
  await ground.world.briefings.advance({ id: briefing, epoch: 3, act: 'close', account: ground.world.pm.id });
  const late = ground.ask(round.id, 0, 'number', { ...official(), ...said(1), note: 'muộn' });
  assert.deepEqual((await enter(briefing, late, change)).map(reason), ['briefing-closed', 'recorded']);
});

test('FG30 RC5 a round that is asked again asks for the same number', async () => {
  const { briefing, round } = await openAsking(beds({ label: 'Máy thở', unit: 'máy' }));
  const again = await ground.rounds.open(ground.wanted(briefing, { ...(round.number && { number: round.number }) }), {
    round: round.id,
    whom: 'all',
  });
  assert.deepEqual((await ground.store.load(again.opened.round.id))?.round.number, round.number);
});

test('FG60 FG19 FG126 when the round is over its numbers are figures: once, and who is missing is told, with whose is held', async () => {
  const node = await figuresOf();
  const number = beds({ label: 'Giường hồi sức', unit: 'giường' });
  const { briefing, round } = await openAsking(number);
  await enter(
    briefing,
    ground.ask(round.id, 0, 'answer', said(120)),
    ground.ask(round.id, 1, 'answer', said(9_000, true)),
  );
  await node.look();
  assert.equal(node.live.definitions.indicators.get(askedCode(number, round)), undefined, 'it runs');
  await ground.rounds.close(round.id, ground.officer);
  await Promise.all([node.look(), (await figuresOf()).look()]);
  await node.look();
  const { live } = node;
  const card = node.cards.card(askedCode(number, round), live.layout.placeOf('vn') ?? -1);
  const { expected, fresh, held, none } = card?.coverage ?? {};
  assert.deepEqual([card?.value, expected, fresh, held, none], [120, 3, 1, 0, 2]);
  const batches = () => ground.world.postgres.query(`SELECT n FROM figure_batches WHERE source = 'asked-vn'`);
  const before = (await batches()).length;
  const n = live.n;
  const change = ground.ask(round.id, 1, 'number', { ...official(), ...said(900), note: 'gõ thừa một số 0' });
  await enter(briefing, change);
  await node.look();
  const changed = node.cards.card(askedCode(number, round), live.layout.placeOf('vn') ?? -1);
  assert.deepEqual([changed?.value, changed?.coverage.fresh], [1_020, 2]);
  assert.equal((await batches()).length, before + 1);
  const pm = { id: ground.world.pm.id, name: 'PM', role: 'principal' as const, unit: ground.world.units.get('vn') };
  const history = await node.figures.history(
    pm,
    { indicator: askedCode(number, round), unit: '10002' },
    round.openedAt.toISOString(),
  );
  assert.deepEqual(
    history.revisions.map(({ value, held: kept, reason: why }) => [value, kept, why]),
    [
      [9_000, true, null],
      [900, false, 'gõ thừa một số 0'],
    ],
  );
  const indicator = live.definitions.indicators.get(askedCode(number, round));
  assert.ok(indicator);
  const then = await live.cellsAt(indicator, live.newest(indicator)?.period ?? 0, n, Date.now());
  assert.equal(then.part(live.layout.placeOf('10002') ?? -1).value, null, 'as it was known then');
});

test('FG60 what an official changed before the figures were taken has its reason, and what units said has none', async () => {
  const node = await figuresOf();
  const number = beds({ label: 'Giường có lý do' });
  const { briefing, round } = await openAsking(number);
  await enter(briefing, ground.ask(round.id, 0, 'answer', said(120)), ground.ask(round.id, 1, 'answer', said(9_000)));
  await ground.rounds.close(round.id, ground.officer);
  await enter(briefing, ground.ask(round.id, 1, 'number', { ...official(), ...said(900), note: 'gõ thừa một số 0' }));
  await Promise.all([node.look(), (await figuresOf()).look()]);
  await node.look();
  const pm = { id: ground.world.pm.id, name: 'PM', role: 'principal' as const, unit: ground.world.units.get('vn') };
  const revisions = async (unit: string) => {
    const { revisions } = await node.figures.history(
      pm,
      { indicator: askedCode(number, round), unit },
      round.openedAt.toISOString(),
    );
    return revisions.map(({ value, reason: why }) => [value, why]);
  };
  assert.deepEqual(await revisions('10001'), [[120, null]]);
  assert.deepEqual(await revisions('10002'), [
    [9_000, null],
    [900, 'gõ thừa một số 0'],
  ]);
});

test('FG60 nodes take the numbers of an indicator one after the other, and see what the other has taken', async () => {
  const { postgres } = ground.world;
  const store = new PgAskedNumbers(postgres);
  const round = randomUUID();
  const seen: number[] = [];
  const first = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const one = store.inTurn('beds', { round, seq: 2 }, (taken) => {
    seen.push(taken);
    begun.resolve();
    return first.promise;
  });
  await begun.promise;
  const push = async (taken: number) => void seen.push(taken);
  const others = [2, 3].map((seq) => store.inTurn('beds', { round, seq }, push));
  await store.inTurn('masks', { round: randomUUID(), seq: 1 }, async () => undefined);
  await until('the others wait', async () => {
    const waiting = await postgres.query(
      `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
       WHERE locktype = 'advisory' AND NOT granted AND d.datname = current_database()`,
    );
    return waiting.length === 2;
  });
  first.resolve();
  await Promise.all([one, ...others]);
  assert.deepEqual(seen, [0, 2], 'of the others only one has something left to take');
  const [{ seq } = { seq: 0 }] = await postgres.query<{ seq: number }>(
    'SELECT seq FROM round_numbers_taken WHERE round = $1',
    [round],
  );
  assert.equal(seq, 3);
});

test('FG60 FG31 an official who says a held number once more has said it; what was made of the indicator stands', async () => {
  const node = await figuresOf();
  const { postgres } = ground.world;
  const number = beds({ label: 'Giường cấp cứu' });
  const { briefing, round } = await openAsking(number);
  const value = () => node.cards.card(askedCode(number, round), node.live.layout.placeOf('vn') ?? -1)?.value;
  await enter(
    briefing,
    ground.ask(round.id, 0, 'answer', said(9_000, true)),
    ground.ask(round.id, 1, 'answer', said(5)),
  );
  await ground.rounds.close(round.id, ground.officer);
  await node.look();
  assert.equal(value(), 5);
  await enter(briefing, ground.ask(round.id, 0, 'number', { ...official(), ...said(9_000), note: 'đúng là 9 000' }));
  await node.look();
  assert.equal(value(), 9_005);
  const [batch] = await postgres.query(
    `SELECT rows, unchanged FROM figure_batches WHERE source = 'asked-vn' ORDER BY n DESC LIMIT 1`,
  );
  assert.deepEqual(batch, { rows: 1, unchanged: 0 });
  const definitions = new PgFigureDefinitions(postgres);
  const { version: _, ...made } = node.live.definitions.indicators.get(askedCode(number, round)) ?? assert.fail();
  await definitions.putIndicator({ ...made, mayStage: false }, { account: null, name: 'dh figures' });
  await enter(briefing, ground.ask(round.id, 1, 'number', { ...official(), ...said(7), note: 'đúng là 7' }));
  await node.look();
  const now = node.live.definitions.indicators.get(askedCode(number, round));
  assert.deepEqual([now?.version, now?.mayStage, value()], [2, false, 9_007]);
});

test('FG147 FG60 the same words asked again are another figure, of those who were asked', async () => {
  const node = await figuresOf();
  const number = beds({ label: 'Giường hỏi hai lần' });
  const rounds: Awaited<ReturnType<typeof openAsking>>[] = [];
  for (const value of [120, 7]) {
    const opened = await openAsking(number);
    rounds.push(opened);
    await enter(opened.briefing, ground.ask(opened.round.id, 0, 'answer', said(value)));
    await ground.rounds.close(opened.round.id, ground.officer);
    await node.look();
  }
  const cards = rounds.map(({ round }) =>
    node.cards.card(askedCode(number, round), node.live.layout.placeOf('vn') ?? -1),
  );
  assert.deepEqual(
    cards.map((card) => [card?.value, card?.coverage.expected, card?.coverage.fresh]),
    [
      [120, 3, 1],
      [7, 3, 1],
    ],
  );
  const lastBefore = (reopens: string | null) => node.asked.last({ number, reopens }, '10001');
  assert.deepEqual([lastBefore(null), lastBefore(rounds[0]?.round.id ?? '')], [null, 120]);
});

test('FG60 FG31 a number of an indicator is of its period, within its limits, and is asked back by what was said before', async () => {
  const definitions = new PgFigureDefinitions(ground.world.postgres);
  await definitions.putIndicator({ ...freeBeds, code: 'beds-now' }, { account: null, name: 'dh figures' });
  await definitions.putIndicator({ ...freeBeds, code: 'beds-told', simulated: true }, { account: null, name: 'dh' });
  const node = await figuresOf();
  const wanted = (more: object) => askNumberSchema.parse({ label: 'Giường', unit: 'giường', max: 50_000, ...more });
  const { unit, ...principal } = ground.world.pm;
  const pm = { ...principal, unit: ground.world.units.get(unit) };
  const number = node.asked.numberFor(pm, wanted({ indicator: 'beds-now' }));
  assert.deepEqual(number.soft, [0, 10_000]);
  for (const wrong of [{ indicator: 'nothing' }, { indicator: 'beds-told' }, { indicator: 'beds-now', scale: 1 }])
    assert.throws(() => node.asked.numberFor(pm, wanted(wrong)), { reason: 'bad-request' });
  assert.throws(() => node.asked.numberFor(pm, wanted({ indicator: 'beds-now', max: 100_001 })), {
    reason: 'bad-request',
  });
  assert.throws(() => node.asked.numberFor(pm, wanted({ min: 2, max: 1 })), { reason: 'bad-request' });
  const { unit: city, ...deputy } = ground.world.moderator;
  const moderator = { ...deputy, unit: ground.world.units.get(city) };
  assert.equal(node.asked.numberFor(moderator, wanted({ indicator: 'beds-now' })).indicator, 'beds-now');
  await definitions.putIndicator({ ...freeBeds, code: 'inner-beds', seenBy: 1 }, { account: null, name: 'dh' });
  await node.live.reload();
  assert.equal(node.asked.numberFor(pm, wanted({ indicator: 'inner-beds' })).indicator, 'inner-beds');
  assert.throws(() => node.asked.numberFor(moderator, wanted({ indicator: 'inner-beds' })), {
    message: /is not there/,
  });
  const { briefing, round } = await openAsking(number);
  await enter(briefing, ground.ask(round.id, 0, 'answer', said(120)));
  const last = (unit: string) => node.asked.last({ number, reopens: null }, unit);
  assert.equal(last('10001'), null);
  await ground.rounds.close(round.id, ground.officer);
  await node.look();
  assert.deepEqual([last('10001'), last('10002')], [120, null]);
});

test('FG60 RH1 nothing of a rehearsal becomes a figure', async () => {
  const node = await figuresOf();
  const number = beds({ label: 'Giường tập dượt' });
  const { pm, units, briefings, postgres } = ground.world;
  const expected = units.index.baseUnits(['vn']);
  const { id } = await briefings.create({
    ...{ title: 'Tập dượt', scheduledAt: '2026-09-02T01:00:00.000Z', stage: 'vn', scope: ['vn'] },
    ...{ expected: expected.length, createdBy: pm.id, rehearsal: true },
  });
  await briefings.advance({ id, epoch: 1, act: 'open', account: pm.id, expected });
  const { round } = (await ground.rounds.open(ground.wanted(id, { number }))).opened;
  await enter(id, ground.ask(round.id, 0, 'answer', said(120)));
  await ground.rounds.close(round.id, ground.officer);
  await node.look();
  assert.equal(node.live.definitions.indicators.get(askedCode(number, round)), undefined);
  const chains = await postgres.query('SELECT chain FROM round_number_answers WHERE round = $1', [round.id]);
  assert.deepEqual(chains, [{ chain: `rehearsal:${id}` }]);
});
