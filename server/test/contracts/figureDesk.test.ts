import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureDesk } from '../../src/domain/figure/desk/FigureDesk.ts';
import { FigureCards } from '../../src/domain/figure/FigureCards.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import type { BatchToTake } from '../../src/domain/figure/ports.ts';
import { hashOfKey, newSourceKey } from '../../src/domain/figure/SourceKeys.ts';
import { UsualValues } from '../../src/domain/figure/UsualValues.ts';
import type { StoredAccount } from '../../src/domain/organisation/ports.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import { MOST_HELD } from '../../src/protocol/limits.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { OPEN_CONTESTS } from '../../src/store/postgres/figure/openContests.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureDesk } from '../../src/store/postgres/figure/PgFigureDesk.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { PgSourceKeys } from '../../src/store/postgres/figure/PgSourceKeys.ts';
import { PgUsualValues } from '../../src/store/postgres/figure/PgUsualValues.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { randomOf } from '../support/randomOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const DAY = 86_400_000;
const checks = { jump: { times: 10, floor: 50 } };
const codes = ['beds-free', 'icu', 'icu-used', 'oxygen'];
const keyHash = hashOfKey(newSourceKey());
const now = Date.parse('2026-09-20T12:00+07:00');

let stores: TestStores;
let world: OfficialWorld;
let intake: PgFigureIntake;
let live: LiveFigures;
let desk: FigureDesk;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const { postgres } = world;
  const definitions = new PgFigureDefinitions(postgres);
  const by = { account: null, name: 'dh figures' };
  await definitions.putIndicator({ ...freeBeds, checks }, by);
  await definitions.putIndicator({ ...freeBeds, code: 'icu' }, by);
  await definitions.putIndicator({ ...freeBeds, code: 'icu-used', checks: { partOf: 'icu' } }, by);
  await definitions.putIndicator({ ...freeBeds, code: 'oxygen', checks: { usual: { floor: 5 } } }, by);
  await definitions.putSource({ ...ministry, indicators: codes }, by);
  await definitions.putSource({ ...ministry, code: 'army', rank: 2, indicators: codes }, by);
  await new PgSourceKeys(postgres).add(ministry.code, keyHash);
  intake = new PgFigureIntake(postgres);
  const store = new PgFigureReader(postgres);
  live = new LiveFigures({ store, units: () => world.units.index.units, clock: { now: () => new Date(now) } });
  const tree = () => world.units.index;
  desk = new FigureDesk({ live, cards: new FigureCards(live), store: new PgFigureDesk(postgres), tree });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const account = ({ unit, ...one }: StoredAccount): Account => ({ ...one, unit: world.units.get(unit) });
const row = (unit: string, value: string, period: string, indicator = 'beds-free'): FigureRow => ({
  ...{ row: 1, indicator, unit, period, value },
});
const take = (rows: readonly FigureRow[], more: Partial<BatchToTake> = {}) =>
  intake.take(
    {
      ...{
        source: ministry,
        rows: rows.map((each, i) => ({ ...each, row: i + 1 })),
        key: randomUUID(),
        mode: 'partial',
      },
      ...{ dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế', ...more },
    },
    world.units.index,
  );
const why = async (rows: readonly FigureRow[], more?: Partial<BatchToTake>) =>
  (await take(rows, more)).doubts?.map(({ reason, rows: count, first }) => [reason, count, first]) ?? [];

test('FG14 a jump is held beside the nearest value that counts, and the reason is told in both languages', async () => {
  await take([row('10001', '12', '2026-08-01'), row('10002', '100', '2026-08-01')]);
  const answer = await take([row('10001', '120', '2026-08-02'), row('10002', '110', '2026-08-02')]);
  assert.deepEqual([answer.held, answer.doubts?.[0]?.reason, answer.doubts?.[0]?.first], [1, 'jump', 1]);
  assert.match(answer.doubts?.[0]?.say.vi ?? '', /nhiều lần/);
  assert.deepEqual(await why([row('10001', '119', '2026-08-03')]), [], 'what is held is no measure');
  const [kept] = await world.postgres.query('SELECT reason, beside::float8 FROM figure_doubts WHERE batch = $1', [
    answer.n,
  ]);
  assert.deepEqual(kept, { reason: 'jump', beside: 12 });
});

test('FG14 a part is never over its whole, whichever of them comes first', async () => {
  const part = (value: string, day: string) => row('10001', value, day, 'icu-used');
  const whole = (value: string, day: string) => row('10001', value, day, 'icu');
  assert.deepEqual(await why([part('8', '2026-08-01'), whole('7', '2026-08-01')]), [['over-whole', 1, 1]]);
  assert.deepEqual(await why([part('7', '2026-08-02'), whole('7', '2026-08-02')]), []);
  await take([whole('7', '2026-08-03')]);
  assert.deepEqual(await why([part('8', '2026-08-03')]), [['over-whole', 1, 1]]);
  await take([part('8', '2026-08-04')]);
  assert.deepEqual(await why([whole('7', '2026-08-04')]), [['under-part', 1, 1]]);
  await take([{ ...whole('0', '2026-08-05'), value: null }]);
  assert.deepEqual(await why([part('8', '2026-08-05')]), [], 'of a whole that is not there it is no part');
});

test('FG14 what is usual is the median over 28 periods of what counted, and of how far values were from it', async () => {
  const random = randomOf(28);
  const from = Date.parse('2026-08-01T00:00+07:00');
  const day = (i: number) => new Date(from + i * DAY).toISOString();
  const said: number[][] = [[], [], []];
  for (let i = 0; i < 40; i += 1) {
    const values = said.map((all) => all.push(Math.floor(random() * 400)) && all.at(-1));
    // Two sources: the better one says nothing every third day. Nobody speaks of the third unit for long.
    const rows = values.flatMap((value, unit) =>
      unit === 2 && i > 6 ? [] : [row(`1000${unit + 1}`, `${value}`, day(i), 'oxygen')],
    );
    await take(rows, { source: { ...ministry, code: i % 3 === 0 ? 'army' : 'moh' } });
    if (i % 3 !== 0)
      await take(
        rows.map((each) => ({ ...each, value: '9000' })),
        { source: { ...ministry, code: 'army' } },
      );
  }
  await live.reload();
  const newest = from + 39 * DAY;
  assert.equal(live.newest(live.definitions.indicators.get('oxygen') as never)?.period, newest);
  await new UsualValues(live, new PgUsualValues(world.postgres)).sweep();
  const [kept] = await world.postgres.query<{ units: string[]; medians: string[]; spreads: string[] }>(
    "SELECT units, medians::text[], spreads::text[] FROM figure_usual WHERE indicator = 'oxygen'",
  );
  // Slow and obvious.
  const middle = (all: number[]) => all.toSorted((a, b) => a - b)[Math.ceil(all.length / 2) - 1] ?? 0;
  const model = said.slice(0, 2).map((all) => {
    const median = middle(all.slice(-28));
    return { median, spread: middle(all.slice(-28).map((value) => Math.abs(value - median))) };
  });
  assert.deepEqual(kept, {
    units: ['10001', '10002'],
    medians: model.map(({ median }) => `${median}`),
    spreads: model.map(({ spread }) => `${spread}`),
  });
  const { median, spread } = model[0] as (typeof model)[0];
  const edge = median + 6 * spread;
  assert.deepEqual(await why([row('10001', `${edge}`, day(40), 'oxygen')]), []);
  assert.deepEqual(await why([row('10001', `${edge + 1}`, day(41), 'oxygen')]), [['unusual', 1, 1]]);
  assert.deepEqual(
    await why([row('10001', `${edge + 1}`, '2020-01-01', 'oxygen')]),
    [],
    'long before it was otherwise',
  );
  assert.deepEqual(await why([row('10003', `${edge + 1}`, day(41), 'oxygen')]), [], 'too little is known of it');
});

test('FG15 a batch of a platform without half of its usual units is held whole; one that follows is looked at row by row', async () => {
  const push = { keyHash };
  await take([row('10001', '1', '2026-09-01', 'icu')], push);
  const words = await world.postgres.query(
    "SELECT units FROM figure_words WHERE indicator = 'icu' AND period > '2026-08-30'",
  );
  assert.deepEqual(words, [{ units: 1 }]);
  await world.postgres.query(
    `INSERT INTO figure_words SELECT 'moh', 'icu', timestamptz '2026-09-02T00:00+07:00' + i * interval '1 day', i, now(), 100
     FROM generate_series(0, 6) i`,
  );
  const rows = [row('10001', '1', '2026-09-09', 'icu'), row('10002', '1', '2026-09-09', 'icu')];
  const answer = await take(rows, push);
  assert.deepEqual([answer.held, answer.doubts?.map(({ reason }) => reason)], [2, ['gone']]);
  assert.deepEqual(await why([row('10003', '1', '2026-09-09', 'icu')], push), []);
  assert.deepEqual(
    await why(rows.map((each) => ({ ...each, period: '2026-09-10' }))),
    [],
    'who reads in a file has looked',
  );
});

test('FG18 what a platform or a file corrects after it was due says why, or that row is refused', async () => {
  const yesterday = new Date(Date.now() - 40 * DAY).toISOString();
  const today = new Date().toISOString();
  const push = { keyHash };
  await take([row('10001', '5', yesterday), row('10002', '5', yesterday), row('10001', '5', today)], push);
  const rows = [
    row('10001', '6', yesterday),
    row('10002', '5', yesterday),
    row('10003', '5', yesterday),
    row('10001', '6', today),
  ];
  const answer = await take(rows, push);
  assert.deepEqual([answer.accepted, answer.unchanged, answer.refused], [2, 1, 1]);
  assert.deepEqual(
    answer.errors.map((error) => [error.row, error.reason]),
    [[1, 'no-reason']],
  );
  assert.equal((await take(rows, { ...push, reason: 'nhập nhầm' })).accepted, 1);
  const plan = await intake.tryOut(
    {
      ...{ source: ministry, rows: [row('10001', '7', yesterday)], key: randomUUID(), mode: 'partial', dryRun: true },
      ...{ bodyHash: 'b'.repeat(64), by: 'A', keyHash },
    },
    world.units.index,
  );
  assert.deepEqual([plan.answer.refused, plan.changed.map(({ late }) => late)], [0, [true]]);
});

test('FG13 FG14 FG23 whoever answers for a territory reads who is late, who is silent and what is held, and nobody else', async () => {
  await live.reload();
  const moderator = account(world.moderator);
  const told = await desk.look(moderator, '79');
  assert.deepEqual(
    told.silent.map(({ source }) => source),
    ['moh', 'army'],
  );
  const [moh] = told.silent;
  assert.equal(moh?.name, 'Bộ Y tế');
  const oxygen = told.figures.find(({ indicator }) => indicator === 'oxygen');
  assert.equal(oxygen?.silent, (oxygen?.coverage.late ?? 0) + (oxygen?.coverage.stale ?? 0));
  assert.deepEqual(told.behind.list, [], 'late units of silent sources are told as these');
  const jump = told.held.list.find(({ reason }) => reason === 'jump');
  assert.deepEqual([jump?.name, jump?.value, jump?.beside, jump?.sourceName], ['Phường Một', 120, 12, 'Bộ Y tế']);
  const [gone] = told.held.batches;
  assert.deepEqual([gone?.reason, gone?.values, gone?.indicators], ['gone', 2, ['icu']]);
  assert.deepEqual(told.held.inBatches, { batches: 1, values: 2 });
  assert.deepEqual(
    (await new PgFigureDesk(world.postgres).heldBatches({ units: undefined, hidden: [] }, 0)).batches,
    [],
    'no more than are asked for',
  );
  const hidden = { units: undefined, hidden: ['icu'] };
  const without = await new PgFigureDesk(world.postgres).held(hidden, { from: 0, most: 100 });
  const batches = await new PgFigureDesk(world.postgres).heldBatches(hidden, 100);
  assert.deepEqual(
    [batches, without.values.some((value) => value.indicator === 'icu')],
    [{ count: 0, inAll: 0, batches: [] }, false],
    'FG92',
  );
  await assert.rejects(desk.look(moderator, 'vn'), { reason: 'outside-territory' });
  await assert.rejects(desk.look(account(world.seats[0] as StoredAccount), '10001'), { reason: 'forbidden' });
  const acts = new PgFigureActs(world.postgres);
  const { indicator, unit, period, source, revision } = jump as NonNullable<typeof jump>;
  const values = { values: [{ indicator, unit, period, source, revision }] };
  const batch = { batch: gone?.batch ?? 0, root: '79' };
  for (const what of [values, batch])
    await acts.act({ key: randomUUID(), act: 'reject', reason: 'gửi thiếu', of: what }, moderator, world.units.index);
  const after = (await desk.look(moderator, '79')).held;
  assert.deepEqual([after.values, after.batches], [told.held.values - 1, []]);
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG16 FG17 a contest waits on the desk of its territory until it is answered, withdrawn or corrected, or the value is rejected', async () => {
  const moderator = account(world.moderator);
  const seat = account(world.seats[0] as StoredAccount);
  const unit = seat.unit.code;
  const acts = new PgFigureActs(world.postgres);
  const does = (by: Account, act: 'contest' | 'answer' | 'withdraw' | 'release' | 'reject', revision = 1) => {
    const value = {
      ...{ indicator: 'oxygen', unit, source: ministry.code, revision },
      period: '2026-08-30T17:00:00.000Z',
    };
    return acts.act({ key: randomUUID(), act, reason: 'đã đối chiếu', of: { values: [value] } }, by, world.units.index);
  };
  const waiting = async () =>
    (await desk.look(moderator, '79')).contested?.map(({ value, contest, acts: may }) => [value, contest.unit, ...may]);
  await take([row(unit, '5', '2026-08-31', 'oxygen')]);
  assert.deepEqual(await waiting(), []);
  for (const over of ['answer', 'withdraw'] as const) {
    await does(seat, 'contest');
    assert.deepEqual(await waiting(), [[5, seat.unit.name, 'answer']], over);
    await does(over === 'answer' ? moderator : seat, over);
    assert.deepEqual(await waiting(), [], over);
  }
  await does(seat, 'contest');
  const hidden = { units: undefined, hidden: ['oxygen'] };
  const unseen = await new PgFigureDesk(world.postgres).contested(hidden, { from: 0, most: 100 });
  assert.deepEqual(unseen, { values: [], by: [] }, 'FG92');
  await take([row(unit, '60000', '2026-08-31', 'oxygen')], { reason: 'đếm lại' });
  assert.deepEqual(await waiting(), [], 'its source has said something else');
  await does(moderator, 'release', 2);
  await does(seat, 'contest', 2);
  assert.deepEqual(await waiting(), [[60_000, seat.unit.name, 'answer', 'reject']]);
  await does(moderator, 'reject', 2);
  assert.deepEqual(await waiting(), [[5, seat.unit.name, 'answer']], 'what stood before counts again, contested');
  await does(moderator, 'answer');
  assert.deepEqual(await waiting(), []);
});

test('FG16 whoever has more contests before them than a list holds reads how many there are, and all of them page by page', async () => {
  const moderator = account(world.moderator);
  const seat = account(world.seats[0] as StoredAccount);
  const unit = seat.unit.code;
  const days = Array.from(
    { length: MOST_HELD + 3 },
    (_, i) => new Date(Date.parse('2026-01-01T00:00+07:00') + i * DAY),
  );
  await take(days.map((day) => row(unit, '1', day.toISOString(), 'icu')));
  const values = days.map((day) => ({
    ...{ indicator: 'icu', unit, period: day.toISOString(), source: ministry.code, revision: 1 },
  }));
  const ask = { key: randomUUID(), act: 'contest', of: { values } } as const;
  await new PgFigureActs(world.postgres).act(ask, seat, world.units.index);
  const look = (contestedFrom: number) => desk.look(moderator, '79', { heldFrom: 0, contestedFrom });
  const first = await look(0);
  assert.deepEqual(first.contests, { values: MOST_HELD + 3, from: 0, toAnswer: MOST_HELD + 3 });
  const second = await look(MOST_HELD);
  assert.deepEqual([second.contests?.from, second.contested?.length], [MOST_HELD, 3]);
  const read = [...(first.contested ?? []), ...(second.contested ?? [])].map(({ period }) => period);
  assert.deepEqual(read.toSorted(), values.map(({ period }) => period).toSorted());
  assert.equal((await look(2 * MOST_HELD)).contests?.from, 0);
});

test('FG16 open contests are looked for by their kind and day, and not through all acts there ever were', async () => {
  const { postgres } = world;
  let plan = '';
  const undone = new Error('undone');
  const looking = postgres.transaction(async (sql) => {
    await sql.query(
      `INSERT INTO figure_acts SELECT 'x', i, 0, 1000000 + i, now() - i * interval '1 minute', 'answer', 'moh', gen_random_uuid(), '{}', 1,
         NULL, gen_random_uuid(), '', '', '', '' FROM generate_series(1, 20000) i`,
    );
    await sql.query('ANALYZE figure_acts');
    const rows = await sql.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT count(*) FROM ${OPEN_CONTESTS} AND t.at > clock_timestamp() - interval '90 days'`,
    );
    plan = rows.map((each) => each['QUERY PLAN']).join('\n');
    throw undone;
  });
  await assert.rejects(looking, undone);
  assert.match(plan, /figure_acts_kind/);
});

test('FG120 trying tells a key holder nothing of what others have said, and all of what it has said itself', async () => {
  const army = { source: { ...ministry, code: 'army' } };
  const tried = { keyHash, dryRun: true };
  await take([row('10003', '7', '2026-08-06', 'icu'), row('10003', '3', '2026-08-06')], army);
  for (const guess of ['6', '7', '8', '1000'])
    assert.deepEqual(await why([row('10003', guess, '2026-08-06', 'icu-used')], tried), [], guess);
  assert.deepEqual(await why([row('10003', '1000', '2026-08-07')], tried), [], 'nor of the period before');
  assert.deepEqual(await why([row('10003', '8', '2026-08-06', 'icu-used')], { keyHash }), [['over-whole', 1, 1]]);
  await take([row('10003', '7', '2026-08-08', 'icu'), row('10003', '3', '2026-08-08')]);
  assert.deepEqual(await why([row('10003', '8', '2026-08-08', 'icu-used')], tried), [['over-whole', 1, 1]]);
  assert.deepEqual(await why([row('10003', '1000', '2026-08-09')], tried), [['jump', 1, 1]]);
  await take([row('10003', '9', '2026-08-10', 'icu')], army);
  assert.deepEqual(await why([row('10003', '10', '2026-08-10', 'icu-used')], { dryRun: true }), [['over-whole', 1, 1]]);
});
