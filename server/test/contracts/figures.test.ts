import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureIntake } from '../../src/domain/figure/FigureIntake.ts';
import { MOST_MONTHS } from '../../src/domain/figure/limits.ts';
import type { BatchToTake } from '../../src/domain/figure/ports.ts';
import { hashOfKey, newSourceKey } from '../../src/domain/figure/SourceKeys.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgSourceKeys } from '../../src/store/postgres/figure/PgSourceKeys.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let definitions: PgFigureDefinitions;
let intake: PgFigureIntake;
const by = { account: null, name: 'dh figures' };
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  definitions = new PgFigureDefinitions(world.postgres);
  intake = new PgFigureIntake(world.postgres);
  await definitions.putIndicator(freeBeds, by);
  await definitions.putIndicator({ ...freeBeds, code: 'cases', kind: 'cumulative' }, by);
  await definitions.putSource({ ...ministry, indicators: ['beds-free', 'cases'] }, by);
  await definitions.putSource({ ...ministry, code: 'army', rank: 2 }, by);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const row = (unit: string, value: string | null, period: string, indicator = 'beds-free'): FigureRow => ({
  ...{ row: 1, indicator, unit, period, value },
});
const numbered = (rows: readonly FigureRow[]) => rows.map((each, i) => ({ ...each, row: i + 1 }));
const batch = (rows: readonly FigureRow[], more: Partial<BatchToTake> = {}): BatchToTake => ({
  ...{ source: ministry, rows: numbered(rows), key: randomUUID(), mode: 'partial', dryRun: false },
  ...{ bodyHash: 'b'.repeat(64), by: 'Bộ Y tế', ...more },
});
const take = (rows: readonly FigureRow[], more?: Partial<BatchToTake>) =>
  intake.take(batch(rows, more), world.units.index);
const on = (period: string) =>
  world.postgres.query<{ unit: string; value: number; revision: number; held: boolean; batch: number }>(
    `SELECT unit, value::float8, revision, held, batch::float8 FROM observations WHERE period = $1::timestamptz
     ORDER BY batch, unit`,
    [`${period}T00:00+07:00`],
  );
const nothingWrong = async () => assert.deepEqual(await world.postgres.transaction(liveProblems), []);

test('FG5 FG7 a batch is recorded, what is said again is no row, and a change is the next revision', async () => {
  const day = '2026-08-01';
  const first = await take([row('10001', '12', day), row('10002', '5', day), row('99999', '1', day)]);
  assert.deepEqual([first.accepted, first.unchanged, first.refused], [2, 0, 1]);
  assert.match(first.seal ?? '', /^[0-9a-f]{64}$/);
  const second = await take([row('10001', '12', day), row('10002', '6', day)]);
  assert.deepEqual([second.accepted, second.unchanged, second.n], [1, 1, (first.n ?? 0) + 1]);
  assert.deepEqual(
    (await on(day)).map(({ unit, value, revision }) => [unit, value, revision]),
    [
      ['10001', 12, 1],
      ['10002', 5, 1],
      ['10002', 6, 2],
    ],
  );
  const third = await take([row('10001', '12', day)]);
  assert.deepEqual([third.n, third.seal, third.unchanged], [null, null, 1]);
  await nothingWrong();
});

test('FG6 the same key has the same answer, also of what was refused whole; another body is a conflict', async () => {
  const asked = batch([row('10001', '7', '2026-08-02')]);
  const repeat = () => intake.take(asked, world.units.index);
  const [one, two, three] = await Promise.all([repeat(), repeat(), repeat()]);
  assert.deepEqual([two, three, await repeat()], [one, one, one]);
  assert.equal((await on('2026-08-02')).length, 1);
  const conflict = { reason: 'conflict' };
  await assert.rejects(intake.take({ ...asked, bodyHash: 'c'.repeat(64) }, world.units.index), conflict);
  const wrong = batch([row('99999', '7', '2026-08-02')]);
  const refused = await intake.take(wrong, world.units.index);
  assert.deepEqual([refused.n, refused.refused], [null, 1]);
  assert.deepEqual(await intake.take(wrong, world.units.index), refused);
  await assert.rejects(intake.take({ ...wrong, bodyHash: 'c'.repeat(64) }, world.units.index), conflict);
});

test('FG6 of an answer twenty errors are kept, and after thirty days nothing of what recorded nothing', async () => {
  const wrong = batch(Array.from({ length: 50 }, (_, i) => row(`no-${i}`, '7', '2026-08-09')));
  const right = batch([row('10001', '7', '2026-08-09')]);
  const send = (asked: BatchToTake) => intake.take(asked, world.units.index);
  const [first, recorded] = [await send(wrong), await send(right)];
  assert.equal(first.errors.length, 50);
  assert.deepEqual(await send(wrong), { ...first, errors: first.errors.slice(0, 20) });
  const kept = async () => {
    await intake.sweep();
    const keys = [wrong.key, right.key];
    const rows = await world.postgres.query('SELECT key FROM figure_answers WHERE key = ANY ($1::uuid[])', [keys]);
    return rows.map(({ key }) => key);
  };
  const age = (days: number) =>
    world.postgres.query('UPDATE figure_answers SET at = clock_timestamp() - make_interval(days => $1)', [days]);
  await age(29);
  assert.equal((await kept()).length, 2);
  await age(31);
  assert.deepEqual(await kept(), [right.key]);
  assert.deepEqual(await send(right), recorded);
  await nothingWrong();
});

test('FG4 batches of many sources at once, some of which fail, leave no gap in N', async () => {
  const failing = {
    find: () => {
      throw new Error('no tree');
    },
    isBase: () => false,
    named: () => [],
  };
  const before = await world.postgres.query<{ n: string }>('SELECT n FROM figure_counter');
  const took = await Promise.allSettled(
    Array.from({ length: 24 }, (_, i) => {
      const source = i % 2 === 0 ? ministry : { ...ministry, code: 'army' };
      const asked = batch([row('10001', `${i}`, `2026-07-${10 + Math.floor(i / 2)}`)], { source });
      return intake.take(asked, i % 5 === 0 ? failing : world.units.index);
    }),
  );
  const ns = took.flatMap((each) => (each.status === 'fulfilled' && each.value.n !== null ? [each.value.n] : []));
  assert.equal(ns.length, 19);
  const from = Number(before[0]?.n) + 1;
  assert.deepEqual(
    ns.toSorted((a, b) => a - b),
    Array.from({ length: 19 }, (_, i) => from + i),
  );
  const inOrder = await world.postgres.query<{ at: Date }>('SELECT at FROM figure_batches ORDER BY n');
  for (const [i, { at }] of inOrder.entries()) assert.ok(at >= (inOrder[i - 1]?.at ?? at));
  await nothingWrong();
});

test('FG5 a dry run answers the same and records nothing', async () => {
  const rows = [row('10001', '1', '2026-08-03'), row('10002', 'x', '2026-08-03')];
  const tried = await take(rows, { dryRun: true });
  assert.deepEqual(await on('2026-08-03'), []);
  const { n, seal, at, ...took } = await take(rows);
  assert.ok(n !== null && seal !== null && at !== undefined);
  assert.deepEqual(tried, { n: null, seal: null, ...took, dryRun: true });
});

test('FG14 a cumulative figure that falls is recorded and held, by the better source and the nearest period before', async () => {
  const said = (value: string, day: string) => row('10001', value, day, 'cases');
  await take([said('100', '2026-08-01'), said('110', '2026-08-03')]);
  assert.equal((await take([said('90', '2026-08-04')])).held, 1);
  assert.equal((await take([said('105', '2026-08-02')])).held, 0, 'the period before has less');
  assert.equal((await take([said('111', '2026-08-05')])).held, 0, 'what is held is not compared with');
  await nothingWrong();
});

test('FG14 a batch with one mistyped year is compared with the seven periods before each of its rows', async () => {
  const said = (unit: string, value: string, day: string) => row(unit, value, day, 'cases');
  await take([said('10002', '500', '2026-05-01'), said('10003', '500', '2026-05-01')]);
  const twoThousand = said('10001', '1', '2000-06-11');
  const { held } = await take([twoThousand, said('10002', '20', '2026-06-11'), said('10003', '20', '2026-05-08')]);
  assert.equal(held, 1, 'of the one that has a value within seven periods');
  const [kept] = await world.postgres.query<{ unit: string }>(
    `SELECT unit FROM observations WHERE indicator = 'cases' AND held AND value = 20`,
  );
  assert.equal(kept?.unit, '10003');
});

test('FG1 what is on record is read by it, so unit, scale, kind, period and sum of an indicator never change', async () => {
  const put = (more: object) => definitions.putIndicator({ ...freeBeds, ...more }, by);
  assert.equal(await put({}), undefined);
  for (const more of [{ scale: 1 }, { kind: 'flow' }, { every: 'hour' }, { up: 'max' }, { unit: { vi: 'g', en: 'b' } }])
    await assert.rejects(put(more), { reason: 'conflict' });
  assert.ok(await put({ name: { vi: 'Giường còn trống', en: 'Beds that are free' } }));
  assert.equal((await definitions.load()).indicators.get('beds-free')?.version, 2);
  const ratio = { ...freeBeds, code: 'rate', up: 'ratio', numerator: 'beds-free' } as const;
  await assert.rejects(definitions.putIndicator(ratio, by), { reason: 'bad-request' });
  await nothingWrong();
});

test('FG174 what a ratio is per is on record with its definition, and refused with a unit that does not say it', async () => {
  const people = { ...freeBeds, code: 'people', every: 'once', unit: { vi: 'dân', en: 'people' } } as const;
  await definitions.putIndicator(people, by);
  const of = { numerator: 'beds-free', denominator: 'people', per: 100_000 } as const;
  const rate = { ...freeBeds, code: 'beds-rate', up: 'ratio', ...of } as const;
  await assert.rejects(definitions.putIndicator(rate, by), { reason: 'bad-request' });
  const unit = { vi: 'giường trên 100.000 dân', en: 'beds per 100,000 people' };
  assert.ok(await definitions.putIndicator({ ...rate, unit }, by));
  assert.equal((await definitions.load()).indicators.get('beds-rate')?.per, 100_000);
  const other = { vi: 'giường trên 1.000 dân', en: 'beds per 1,000 people' };
  await assert.rejects(definitions.putIndicator({ ...rate, unit: other, per: 1_000 }, by), { reason: 'conflict' });
  await nothingWrong();
});

test('FG105 whose an indicator is belongs to its version: another owner is another version, and both stay on record', async () => {
  const named = (vi: string) => ({ ...freeBeds, code: 'owned', owner: { vi, en: vi } });
  assert.ok(await definitions.putIndicator(named('Bộ Y tế'), by));
  assert.equal(await definitions.putIndicator(named('Bộ Y tế'), by), undefined);
  assert.ok(await definitions.putIndicator(named('Cục Khám, chữa bệnh'), by));
  assert.equal((await definitions.load()).indicators.get('owned')?.owner?.vi, 'Cục Khám, chữa bệnh');
  const rows = await world.postgres.query<{ version: number; owner: string; by: string }>(
    `SELECT version, definition #>> '{owner,vi}' AS owner, by_name AS by FROM indicator_acts WHERE indicator = 'owned' ORDER BY version`,
  );
  assert.deepEqual(
    rows.map(({ version, owner, by: who }) => [version, owner, who]),
    [
      [1, 'Bộ Y tế', by.name],
      [2, 'Cục Khám, chữa bệnh', by.name],
    ],
  );
  await nothingWrong();
});

test('FG22 a source that was taken its right writes no more, whatever the node knew of it', async () => {
  await definitions.putSource({ ...ministry, code: 'gone' }, by);
  const gone = { ...ministry, code: 'gone' };
  await definitions.putSource({ ...gone, indicators: [] }, by);
  const answer = await take([row('10001', '1', '2026-08-06')], { source: gone });
  assert.deepEqual(
    answer.errors.map(({ reason }) => reason),
    ['not-yours'],
  );
  await assert.rejects(take([], { source: { ...ministry, code: 'nobody' } }), { reason: 'forbidden' });
});

test('FG41 a key that is withdrawn while its batch is on its way records nothing any more, nor tells what would be', async () => {
  const keys = new PgSourceKeys(world.postgres);
  const keyHash = hashOfKey(newSourceKey());
  const rows = [row('10001', '1', '2026-08-08')];
  await assert.rejects(take(rows, { keyHash }), { reason: 'unauthenticated' });
  await keys.add('moh', keyHash);
  assert.equal((await take(rows, { keyHash })).accepted, 1);
  await assert.rejects(take(rows, { keyHash, source: { ...ministry, code: 'army' } }), { reason: 'unauthenticated' });
  await keys.withdraw('moh', 0);
  const later = [row('10002', '1', '2026-08-08')];
  await assert.rejects(take(later, { keyHash }), { reason: 'unauthenticated' });
  await assert.rejects(take(later, { keyHash, dryRun: true }), { reason: 'unauthenticated' });
  assert.deepEqual(
    (await on('2026-08-08')).map(({ unit }) => unit),
    ['10001'],
  );
  await nothingWrong();
});

test('FG4 what was recorded is told with its N, and nothing else is; a batch that is too large is not begun', async () => {
  const told: number[] = [];
  const way = new FigureIntake({
    ...{ store: intake, tree: () => world.units.index, committed: (n: number) => told.push(n) },
  });
  const rows = [row('10001', '3', '2026-08-07')];
  const ask = () => ({ ...batch([]), key: randomUUID() });
  const { n } = await way.take(ministry, rows, ask());
  await way.take(ministry, rows, ask());
  assert.deepEqual(told, [n]);
  const many = Array.from({ length: 50_001 }, () => row('10001', '3', '2026-08-07'));
  await assert.rejects(way.take(ministry, many, ask()), { reason: 'too-large' });
});

test('FG5 eleven thousand rows are one leaf, whose rows the seal vouches for', async (t) => {
  const days = Array.from({ length: 3_600 }, (_, i) => new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10));
  // Rows beside each other differ in what they say besides unit and value, or do not.
  const rows = days.flatMap((day, i) => [
    row('10001', day.slice(8), day),
    { ...row('10002', i % 3 === 0 ? null : '7', day), ...(i % 5 === 0 && { seen: `${day}T08:30:00.5+07:00` }) },
    { ...row('10003', day.slice(8), day), ...(i % 4 === 0 && { status: 'P' as const }) },
  ]);
  const began = performance.now();
  const answer = await take(rows);
  t.diagnostic(`${rows.length} rows in ${Math.round(performance.now() - began)} ms`);
  assert.equal(answer.accepted, rows.length);
  const [leaves] = await world.postgres.query<{ leaves: number }>(`SELECT leaves FROM seals ORDER BY at DESC LIMIT 1`);
  assert.equal(leaves?.leaves, 1);
  await nothingWrong();
});

test('FG53 a batch of more months than there may be tables made at once is refused whole, tried or recorded, and makes none', async () => {
  const tables = () =>
    world.postgres.query(`SELECT relname FROM pg_class WHERE relname LIKE 'observations_%' ORDER BY 1`);
  const before = await tables();
  const months = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      row('10001', '1', `${1900 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-15`),
    );
  for (const dryRun of [true, false])
    await assert.rejects(take(months(MOST_MONTHS + 1), { dryRun }), { reason: 'too-large' });
  assert.deepEqual(await tables(), before);
  assert.equal((await take(months(MOST_MONTHS))).accepted, MOST_MONTHS);
  await nothingWrong();
});
