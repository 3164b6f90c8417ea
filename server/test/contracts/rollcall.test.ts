import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { EntryAsk, EntryKind } from '../../src/domain/rollcall/entryRules.ts';
import { LiveRounds } from '../../src/domain/rollcall/LiveRounds.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import { RoundKeeper } from '../../src/domain/rollcall/RoundKeeper.ts';
import { RoundService } from '../../src/domain/rollcall/RoundService.ts';
import { Arrivals } from '../../src/domain/shared/Arrivals.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openRoundSchema } from '../../src/protocol/rollcall.ts';
import { administer } from '../support/administer.ts';
import { done, reason } from '../support/entryOutcomes.ts';
import { RollcallGround } from '../support/RollcallGround.ts';
import { until } from '../support/until.ts';

let ground: RollcallGround;
before(async () => {
  ground = await RollcallGround.create();
});
after(() => ground?.close());

const open = (briefing: string, more: Partial<NewRound> = {}) => ground.rounds.open(ground.wanted(briefing, more));
const ask = (round: string, seat: 0 | 1 | 2, kind: EntryKind = 'answer', more: Partial<EntryAsk> = {}): EntryAsk =>
  ground.ask(round, seat, kind, more);
const close = (id: string) =>
  ground.world.briefings.advance({ id, epoch: 3, act: 'close', account: ground.world.pm.id });

test('RC1 who is asked is who is expected in the scope', async () => {
  const briefing = await ground.world.liveBriefing();
  const { opened } = await open(briefing, { scope: ['vn.79.10003', 'vn.79.10001'] });
  assert.deepEqual(opened.units, [
    { unit: '10001', path: 'vn.79.10001' },
    { unit: '10003', path: 'vn.79.10003' },
  ]);
  assert.equal(opened.round.expected, 2);
  await assert.rejects(open(briefing, { scope: ['vn.79.1'] }), { reason: 'bad-request' });
  assert.deepEqual(await ground.store.load(opened.round.id), opened);
});

test('RC1 a round of all that are expected has no rows of its own, unless nothing else vouches for who they are', async () => {
  const briefing = await ground.world.liveBriefing();
  const all = await ground.world.briefings.expected(briefing);
  const rowsOf = (id: string) => ground.world.postgres.query('SELECT FROM round_units WHERE round = $1', [id]);
  const whole = await open(briefing);
  const scoped = await open(briefing, { scope: ['vn.79.10003', 'vn.79.10001'] });
  await administer(
    ground.stores.databaseUrl,
    `SET session_replication_role = replica; UPDATE briefing_acts SET expected_hash = NULL WHERE briefing = '${briefing}'`,
  );
  const unvouched = await open(briefing);
  const rows: number[] = [];
  for (const { opened } of [whole, scoped, unvouched]) {
    rows.push((await rowsOf(opened.round.id)).length);
    assert.deepEqual(await ground.store.load(opened.round.id), opened);
  }
  assert.deepEqual(rows, [0, 2, all.length]);
  assert.deepEqual(
    whole.opened.units.map(({ unit }) => unit),
    all.map(({ code }) => code),
  );
});

test('RC2 rounds are numbered, and a key opens one, however often and at once it comes', async () => {
  const briefing = await ground.world.liveBriefing();
  const same = ground.wanted(briefing);
  const answers = await Promise.all(Array.from({ length: 5 }, () => ground.rounds.open(same)));
  assert.equal(new Set(answers.map((a) => a.opened.round.id)).size, 1);
  assert.equal(answers.filter((a) => a.first).length, 1);
  const others = await Promise.all([open(briefing), open(briefing)]);
  assert.deepEqual(others.map((a) => a.opened.round.nr).sort(), [2, 3]);
});

test('RC2 not in a briefing that is not open or is over', async () => {
  const over = await ground.world.liveBriefing();
  await close(over);
  await assert.rejects(open(over), { reason: 'briefing-closed' });
  await assert.rejects(open(randomUUID()), { reason: 'not-found' });
  const early = await ground.world.briefings.create({
    ...{ title: 'Later', scheduledAt: '2027-01-01T00:00:00.000Z', stage: 'vn', scope: ['vn'], expected: 3 },
    createdBy: ground.world.pm.id,
  });
  await assert.rejects(open(early.id), { reason: 'not-live' });
});

test('RC4 extending under the same key moves the deadline once, however often and at once it comes', async () => {
  const briefing = await ground.world.liveBriefing();
  const { round } = (await open(briefing)).opened;
  const key = randomUUID();
  const moved = await Promise.all(
    Array.from({ length: 4 }, () => ground.rounds.extend(round.id, 30, ground.officer, key)),
  );
  const versions = moved.map((one) => [one.round.version, one.round.deadline.getTime() - round.deadline.getTime()]);
  assert.deepEqual(versions, Array(4).fill([2, 30_000]));
  assert.equal((await ground.rounds.extend(round.id, 30, ground.officer)).round.version, 3);
  await ground.rounds.close(round.id, ground.officer);
  assert.equal(
    (await ground.rounds.extend(round.id, 30, ground.officer, key)).round.version,
    4,
    'it was done while it was open',
  );
});

test('RC3 the system closes nothing before its time, and everything with the briefing', async () => {
  const briefing = await ground.world.liveBriefing();
  const { round } = (await open(briefing)).opened;
  assert.equal((await ground.rounds.close(round.id, null)).closedAt, null);
  await close(briefing);
  assert.ok((await ground.store.overdue()).includes(round.id));
  assert.equal(reason((await ground.rounds.enter(briefing, [ask(round.id, 0)]))[0]), 'too-late');
  await assert.rejects(ground.rounds.extend(round.id, 30, ground.officer), { reason: 'too-late' });
  assert.notEqual((await ground.rounds.close(round.id, null)).closedAt, null);
});

test('RC3 RC7 closing records how every unit stands', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing)).opened.round;
  await ground.rounds.enter(briefing, [
    ask(id, 0, 'answer', { answerer: 'substitute', name: 'B' }),
    ask(id, 1, 'excused', { note: 'lũ' }),
  ]);
  await ground.rounds.close(id, ground.officer);
  const [act] = await ground.world.postgres.query('SELECT act, account_name, counts FROM round_acts WHERE round = $1', [
    id,
  ]);
  assert.deepEqual(act, {
    act: 'close',
    account_name: ground.world.pm.name,
    counts: {
      called: 0,
      answered: 0,
      late: 0,
      substituted: 1,
      official: 0,
      excused: 1,
      unconfirmed: 0,
      away: 0,
      absent: 1,
    },
  });
});

/** What one node has of rounds. */
function node() {
  const live = new LiveRounds();
  const arrivals = new Arrivals(systemClock);
  const alarm = { moves: () => undefined, reprompt: () => undefined };
  const keeper = new RoundKeeper({ store: ground.store, live, alarm, arrivals });
  const roster = { pathOf: () => 'vn', listPaths: async () => [], tierOf: () => undefined };
  const figures = { numberFor: () => assert.fail('no number is asked for') };
  const chosen = { asked: () => assert.fail('no selection is asked') };
  const parts = { store: ground.store, live, keeper, roster, arrivals, figures, chosen };
  return { keeper, live, rounds: new RoundService(parts) };
}

function actorIn(briefing: string) {
  const unit = { code: 'vn', path: 'vn', tier: 'nation', name: 'Việt Nam' };
  const { id, name, role } = ground.world.pm;
  const seat = { identity: 'vn.a', account: id, unit: 'vn', path: 'vn', name, role, person: null };
  return { briefing, account: { id, name, role, unit }, seat };
}

test('RC3 whoever answered at another node is absent nowhere, not for a moment, when the round is closed', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing)).opened.round;
  const [closing, other] = [node(), node()];
  for (const { keeper } of [closing, other]) await keeper.board(id);
  done((await ground.rounds.enter(briefing, [ask(id, 0, 'answer')]))[0]);
  const { unit } = ground.seat(0);
  const told: unknown[] = [];
  for (const { live } of [closing, other])
    live.on('told', (board) => {
      const found = board.unitsIn('vn').find((each) => each.unit === unit);
      told.push([board.state, found?.state]);
    });
  await closing.rounds.close(actorIn(briefing), { key: randomUUID(), round: id });
  await other.keeper.look(id);
  assert.deepEqual(told, [
    ['closed', 'answered'],
    ['closed', 'answered'],
  ]);
});

test('RC3 RC4 a node whose own clock is an hour ahead tells the state that PostgreSQL’s clock says', async (t) => {
  const briefing = await ground.world.liveBriefing();
  const actor = actorIn(briefing);
  const opening = openRoundSchema.parse({ key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60 });
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_000 });
  const [one, two] = [node(), node()];
  const round = await one.rounds.open(actor, opening);
  assert.deepEqual([round.state, (await two.rounds.open(actor, opening)).state], ['open', 'open']);
  assert.equal((await two.rounds.extend(actor, { key: randomUUID(), round: round.id, seconds: 30 })).state, 'open');
  await one.keeper.sweep();
  assert.equal((await one.rounds.close(actor, { key: randomUUID(), round: round.id })).state, 'closed');
});

test('RC4 an extension moves both moments, and is recorded', async () => {
  const briefing = await ground.world.liveBriefing();
  const { round } = (await open(briefing)).opened;
  const { round: longer, now } = await ground.rounds.extend(round.id, 30, ground.officer);
  assert.ok(now >= round.openedAt && now < longer.deadline);
  assert.equal(longer.deadline.getTime() - round.deadline.getTime(), 30_000);
  assert.equal(longer.lateUntil.getTime() - round.lateUntil.getTime(), 30_000);
  assert.deepEqual((await ground.store.look(round.id))?.round, longer);
  await ground.rounds.close(round.id, ground.officer);
  await assert.rejects(ground.rounds.extend(round.id, 30, ground.officer), { reason: 'too-late' });
});

test('RC5 reopening asks those who are missing, and closes the old round with it', async () => {
  const briefing = await ground.world.liveBriefing();
  const { round } = (await open(briefing)).opened;
  await ground.rounds.enter(briefing, [ask(round.id, 0), ask(round.id, 1, 'excused')]);
  const again = await ground.rounds.open(ground.wanted(briefing), { round: round.id, whom: 'missing' });
  assert.deepEqual(
    again.opened.units.map((u) => u.unit),
    ['10003'],
  );
  assert.deepEqual([again.opened.round.reopens, again.closed?.id], [round.id, round.id]);
  await ground.rounds.enter(briefing, [ask(again.opened.round.id, 2)]);
  const none = ground.rounds.open(ground.wanted(briefing), { round: again.opened.round.id, whom: 'missing' });
  await assert.rejects(none, { reason: 'conflict' });
  const all = await ground.rounds.open(ground.wanted(briefing), { round: round.id, whom: 'all' });
  assert.equal(all.opened.units.length, 3);
  assert.equal(all.closed, undefined, 'it was closed already');
});

test('RC3 RC8 what came in time is recorded as on time after the end, and the system does not close before', async () => {
  const briefing = await ground.world.liveBriefing();
  const { opened } = await open(briefing, { lateSeconds: 0 });
  const { id } = opened.round;
  const arrivals = new Arrivals(systemClock);
  const live = new LiveRounds();
  const alarm = { moves: () => undefined, reprompt: () => undefined };
  const keeper = new RoundKeeper({ store: ground.store, live, alarm, arrivals });
  await keeper.board(id);
  const saying = ask(id, 0);
  const arrive = () => arrivals.arrive(saying.by.identity, 'round.answer', { key: saying.key, round: id });
  // The store was away when it came.
  arrive().over(true);
  await ground.world.postgres.query(
    `UPDATE round_states SET deadline = m, late_until = m FROM (SELECT clock_timestamp() + interval '30 ms' AS m) soon
     WHERE round = $1`,
    [id],
  );
  await until('its time is over', async () => (await ground.store.overdue()).includes(id));
  await keeper.look(id);
  await keeper.sweep();
  // Another node, which asks this one.
  const asking = { holds: async (...asked: Parameters<Arrivals['holds']>) => arrivals.holds(...asked) };
  const other = new RoundKeeper({ store: ground.store, live: new LiveRounds(), alarm, arrivals: asking });
  await other.look(id);
  await other.sweep();
  assert.equal((await ground.store.look(id))?.round.closedAt, null, 'it was closed over an answer that came in time');
  const repeated = arrive();
  const { record } = done((await ground.rounds.enter(briefing, [{ ...saying, received: repeated.received }]))[0]);
  assert.deepEqual([record.late, record.at], [false, repeated.received]);
  repeated.over(false);
  assert.equal(reason((await ground.rounds.enter(briefing, [ask(id, 1)]))[0]), 'too-late');
  await keeper.sweep();
  assert.notEqual((await ground.store.look(id))?.round.closedAt, null);
});

// The last: it moves the moments of a round as no act does.
test('RC3 RC8 the deadline is decided by the clock of the store', async () => {
  const briefing = await ground.world.liveBriefing();
  const { id } = (await open(briefing)).opened.round;
  const pass = (moment: string) =>
    ground.world.postgres.query(`UPDATE round_states SET ${moment} = clock_timestamp() WHERE round = $1`, [id]);
  assert.equal(done((await ground.rounds.enter(briefing, [ask(id, 0)]))[0]).record.late, false);
  await pass('deadline');
  assert.equal(done((await ground.rounds.enter(briefing, [ask(id, 1)]))[0]).record.late, true);
  assert.ok(!(await ground.store.overdue()).includes(id));
  await pass('late_until');
  assert.ok((await ground.store.overdue()).includes(id));
  assert.equal(reason((await ground.rounds.enter(briefing, [ask(id, 2)]))[0]), 'too-late');
  const closed = await Promise.all([ground.rounds.close(id, null), ground.rounds.close(id, null)]);
  assert.deepEqual(closed[0], closed[1]);
  assert.deepEqual([closed[0].version, (await ground.store.overdue()).includes(id)], [2, false]);
});
