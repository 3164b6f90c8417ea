import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FrameMaker } from '../../src/domain/figure/kept/FrameMaker.ts';
import { keptFrame } from '../../src/domain/figure/kept/keptFrame.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { periodOf } from '../../src/domain/figure/periods.ts';
import type { FigureActKind } from '../../src/protocol/figureAct.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../src/protocol/figureDefinition.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureFrames } from '../../src/store/postgres/figure/PgFigureFrames.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, keepFrame, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { randomOf } from '../support/randomOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let intake: PgFigureIntake;
let store: PgFigureReader;
const refused: unknown[] = [];
const army: FigureSource = { ...ministry, code: 'army', rank: 2 };
const day = (nr: number) => `2026-08-${String(nr).padStart(2, '0')}`;
const at = (nr: number) => periodOf('day', Date.parse(`${day(nr)}T12:00+07:00`));
const now = at(11);
const codes = ['10001', '10002', '10003'];
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  intake = new PgFigureIntake(world.postgres);
  store = new PgFigureReader(world.postgres);
  const by = { account: null, name: 'dh figures' };
  const indicators = ['beds-free', 'damaged', 'killed'];
  for (const code of indicators) await definitions.putIndicator({ ...freeBeds, code }, by);
  for (const source of [ministry, army]) await definitions.putSource({ ...source, indicators }, by);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const framesOf = (postgres: Postgres) => new PgFigureFrames(postgres, (frame) => refused.push(frame));
async function node(frames?: PgFigureFrames): Promise<LiveFigures> {
  const clock = { now: () => new Date(now) };
  const live = new LiveFigures({ store, frames, units: () => world.units.index.units, clock });
  await live.reload();
  return live;
}
const cell = (unit: string, value: string | null, period: string, indicator = 'beds-free') => ({
  ...{ indicator, unit, period, value },
});
async function take(rows: readonly Omit<FigureRow, 'row'>[], source = ministry): Promise<number> {
  const numbered = rows.map((each, i) => ({ ...each, row: i + 1 }));
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  return (await intake.take({ ...ask, source, rows: numbered }, world.units.index)).n ?? 0;
}

const problems = () => world.postgres.transaction((sql) => liveProblems(sql));

/** Any act on any value, by the nation. */
async function actSomewhere(pick: (most: number) => number): Promise<void> {
  const all = await world.postgres.query<{
    unit: string;
    period: Date;
    source: string;
    revision: number;
    held: boolean;
  }>(
    `SELECT unit, period, source, revision, held FROM observations WHERE indicator = 'beds-free' ORDER BY batch DESC, unit LIMIT 8`,
  );
  const value = all[pick(all.length)];
  if (!value) return;
  const act: FigureActKind = value.held ? (pick(2) ? 'release' : 'reject') : 'contest';
  const { unit, source, revision } = value;
  const of = { values: [{ indicator: 'beds-free', unit, source, revision, period: value.period.toISOString() }] };
  const by = { id: randomUUID(), name: 'A', role: 'moderator' as const, unit: world.units.get('vn') };
  await new PgFigureActs(world.postgres)
    .act({ key: randomUUID(), act, reason: 'vì thế', of }, by, world.units.index)
    .catch(({ reason }: { reason: string }) => assert.equal(reason, 'conflict'));
}

test('FG50 FG19 as of each N a node that reads frames says what one says that reads all rows, and so does the record of them', async () => {
  const frames = framesOf(world.postgres);
  const random = randomOf(11);
  const pick = (most: number) => Math.floor(random() * most);
  for (let i = 0; i < 40; i += 1) {
    const value = () => (random() < 0.15 ? null : `${random() < 0.2 ? 20_000 + pick(3) : pick(3)}`);
    const [nr, units] = [2 + pick(9), codes.filter(() => random() < 0.6)];
    const said = units.map((unit) => cell(unit, value(), day(nr)));
    if (said.length > 0) await take(said, random() < 0.5 ? ministry : army);
    if (random() < 0.5) await actSomewhere(pick);
    if (said.length > 0 && random() < 0.3) await keepFrame(world.postgres, 'beds-free', `${day(nr)}T12:00+07:00`);
  }
  const [byFrames, byRows] = [await node(frames), await node()];
  const beds = byRows.definitions.indicators.get('beds-free') as Indicator;
  const places = codes.map((unit) => byRows.layout.placeOf(unit) ?? -1);
  let framed = 0;
  for (let n = 1; n <= byRows.n; n += 1)
    for (let nr = 2; nr <= 10; nr += 1) {
      framed += (await frames.newest('beds-free', [at(nr)], n)).length;
      const [one, other] = [await byFrames.cellsAt(beds, at(nr), n, now), await byRows.cellsAt(beds, at(nr), n, now)];
      const seen = (cells: typeof one) => places.map((place) => cells.part(place));
      assert.deepEqual(seen(one), seen(other), `as of ${n}, day ${nr}`);
    }
  assert.ok(framed > 50, `${framed}`);
  assert.deepEqual([await problems(), refused], [[], []]);
});

test('FG19 rows of many periods are read whole and in the order in which they were recorded', async () => {
  const seen = '2026-08-07T01:02:03.456Z';
  await take([
    { ...cell('10001', null, day(7)), status: 'O', seen },
    { ...cell('10002', '4', day(7)), status: 'P' },
  ]);
  const until = await store.last();
  const read = await store.observations('beds-free', { from: at(2), to: at(10), until });
  const raw = await world.postgres.query<{ period: Date; seen: Date | null }>(
    `SELECT indicator, period, unit, source, revision, batch::float8, value::float8, status, held, seen FROM observations
     WHERE indicator = 'beds-free' ORDER BY batch`,
  );
  const wanted = raw.map((row) => ({ ...row, period: row.period.getTime(), seen: row.seen?.getTime() ?? null }));
  const texts = (rows: readonly object[]) => rows.map((row) => JSON.stringify(Object.entries(row).sort()));
  assert.deepEqual(texts(read).sort(), texts(wanted).sort());
  const batches = read.map(({ batch }) => batch);
  assert.deepEqual(
    batches,
    batches.toSorted((a, b) => a - b),
  );
  assert.ok(read.some((row) => row.seen === Date.parse(seen) && row.value === null));
});

test('FG52 a frame that is damaged is not read, told, and made anew; one of a newer version is left to that', async () => {
  const { postgres } = world;
  const frames = framesOf(postgres);
  const n = await take(codes.map((unit, i) => cell(unit, `${10 + i}`, day(9), 'damaged')));
  await keepFrame(postgres, 'damaged', `${day(9)}T12:00+07:00`);
  const valuesOf = async () => (await frames.newest('damaged', [at(9)], n)).map(({ words }) => words.values);
  await postgres.query(
    `INSERT INTO figure_frames SELECT indicator, period, format + 1, n, made, units, 'what is not known yet', sha256
     FROM figure_frames WHERE indicator = 'damaged'`,
  );
  assert.deepEqual([await valuesOf(), refused], [[[10, 11, 12]], []]);
  await postgres.query(
    `UPDATE figure_frames SET words = replace(words, '11', '17') WHERE indicator = 'damaged' AND format = 1`,
  );
  assert.deepEqual(await valuesOf(), []);
  assert.deepEqual(refused.splice(0), [{ indicator: 'damaged', period: at(9), n }]);
  const live = await node(frames);
  const maker = new FrameMaker({ live, store, frames, leastRows: 1 });
  const damaged = live.definitions.indicators.get('damaged') as Indicator;
  const place = live.layout.placeOf('10002') ?? -1;
  assert.equal(live.cellsNow(damaged, at(9)).part(place).value, 11);
  live.emit('unframed', 'damaged', [at(9)]);
  assert.deepEqual([await maker.sweep(), await valuesOf()], [1, [[10, 11, 12]]]);
  refused.length = 0;
});

test('AU6 FG51 a frame that says something else than the record, whole in itself, is named when the record is verified', async () => {
  const { postgres } = world;
  const period = at(9);
  const span = { from: period, to: period, until: await store.last() };
  const rows = await store.observations('damaged', span);
  const lied = rows.map((row) => (row.unit === '10003' ? { ...row, value: 99 } : row));
  await framesOf(postgres).keep(async () => [keptFrame({ indicator: 'damaged', period }, lied, [])]);
  const found = await problems();
  assert.deepEqual(
    [found.length, found[0]?.startsWith('figure_frames, figure_frame_units (damaged, 2026-08-08T17:00')],
    [1, true],
    `${found}`,
  );
  await postgres.query(`DELETE FROM figure_frames WHERE indicator = 'damaged' AND format = 1`);
});

test('FG51 one node makes frames at a time, and one that is lost while it does leaves nothing and holds up nobody', async () => {
  const n = await take(codes.map((unit) => cell(unit, '5', day(8), 'killed')));
  const other = await Postgres.create(stores.databaseUrl, () => undefined, 2);
  try {
    const [one, two] = [framesOf(world.postgres), framesOf(other)];
    const span = { from: at(8), to: at(8), until: n };
    const frame = keptFrame(
      { indicator: 'killed', period: at(8) },
      await store.observations('killed', span),
      await store.acts('killed', span),
    );
    const lost = two.keep(async () => {
      assert.equal(await one.keep(async () => assert.fail('two make frames')), false);
      // Its line to the database is cut while it is at it.
      await other.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database
           WHERE datname = current_database()) AND classid = (hashtextextended('figure-frames', 0) >> 32 & 4294967295)::oid`,
      );
      return [frame];
    });
    await assert.rejects(lost, { reason: 'store-unavailable' });
    assert.deepEqual(await one.newest('killed', [at(8)], n), []);
    assert.equal(await one.keep(async () => [frame]), true);
    assert.equal((await two.newest('killed', [at(8)], n)).length, 1);
  } finally {
    await other.close();
  }
});

test('FG211 of a period that was sent again each time has a frame of its own, by which nothing is read row by row', async () => {
  const sent: number[] = [];
  const frames = framesOf(world.postgres);
  const sending = await node();
  const maker = new FrameMaker({ live: sending, store, frames, leastRows: 1 });
  for (let again = 0; again < 17; again += 1) {
    sent.push(await take(codes.map((unit) => cell(unit, `${again}`, day(6), 'damaged'))));
    await sending.hint({ n: await store.last() });
    // As a node that looks now and then finds them. At first, a later period may have none either.
    const found = { 0: 0, 9: 9, 16: 7 }[again];
    if (found === 0) assert.notEqual(await maker.sweep(), 0);
    else if (found !== undefined) assert.equal(await maker.sweep(), found, `after ${again}`);
  }
  const made = await frames.recorded('damaged', at(6), sent.at(-1) ?? 0);
  assert.deepEqual(
    made.map(({ n, rows, isFramed }) => [n, rows, isFramed]),
    sent.map((n) => [n, 3, true]),
  );
  const live = await node(frames);
  const damaged = live.definitions.indicators.get('damaged') as Indicator;
  const place = live.layout.placeOf('10002') ?? -1;
  for (const [again, n] of sent.entries())
    assert.equal((await live.cellsAt(damaged, at(6), n, now)).part(place).value, again, `as of ${n}`);
  assert.deepEqual([await problems(), refused], [[], []]);
});

test('FG52 all frames may be thrown away at any time, and lists of units go with the last frame that has them', async () => {
  const { postgres } = world;
  const frames = framesOf(postgres);
  const count = async () => {
    const [row] = await postgres.query<{ lists: number }>('SELECT count(*)::int AS lists FROM figure_frame_units');
    return row?.lists;
  };
  await frames.sweep();
  assert.notEqual(await count(), 0);
  await postgres.query('DELETE FROM figure_frames');
  await frames.sweep();
  assert.equal(await count(), 0);
  const live = await node(framesOf(postgres));
  assert.equal(live.n, await store.last());
});
