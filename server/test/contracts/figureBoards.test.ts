import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureCards } from '../../src/domain/figure/FigureCards.ts';
import { FigureService } from '../../src/domain/figure/FigureService.ts';
import { freshnessOf, lookedAt } from '../../src/domain/figure/freshness.ts';
import { type FigureMove, LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { periodOf } from '../../src/domain/figure/periods.ts';
import type { DomainError } from '../../src/protocol/errors.ts';
import type { FigureActKind } from '../../src/protocol/figureAct.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../src/protocol/figureDefinition.ts';
import type { FigureFrame } from '../../src/protocol/figureFrame.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { randomOf } from '../support/randomOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let world: OfficialWorld;
let definitions: PgFigureDefinitions;
let intake: PgFigureIntake;
let store: PgFigureReader;
let acts: PgFigureActs;
const by = { account: null, name: 'dh figures' };
const army: FigureSource = { ...ministry, code: 'army', rank: 2 };
const day = (nr: number) => `2026-08-${String(nr).padStart(2, '0')}`;
const at = (nr: number) => periodOf('day', Date.parse(`${day(nr)}T12:00+07:00`));
/** Where the clock stands for boards. */
let now = at(10);
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  definitions = new PgFigureDefinitions(world.postgres);
  intake = new PgFigureIntake(world.postgres);
  store = new PgFigureReader(world.postgres);
  acts = new PgFigureActs(world.postgres);
  for (const code of ['beds-free', 'beds-all', 'asked', 'rated'])
    await definitions.putIndicator({ ...freeBeds, code, ...(code === 'asked' && { kind: 'flow' }) }, by);
  const ratio = { numerator: 'beds-free', denominator: 'beds-all', up: 'ratio', scale: 3 } as const;
  await definitions.putIndicator({ ...freeBeds, code: 'share', ...ratio }, by);
  const indicators = ['beds-free', 'beds-all', 'asked', 'rated'];
  await definitions.putSource({ ...ministry, indicators }, by);
  await definitions.putSource({ ...army, indicators }, by);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const node = async (): Promise<LiveFigures> => {
  const live = new LiveFigures({
    ...{ store, units: () => world.units.index.units, clock: { now: () => new Date(now) } },
  });
  await live.reload();
  return live;
};
const row = (unit: string, value: string | null, period: string, indicator = 'beds-free'): FigureRow => ({
  ...{ row: 1, indicator, unit, period, value },
});
const take = async (rows: readonly FigureRow[], source = ministry): Promise<number> => {
  const numbered = rows.map((each, i) => ({ ...each, row: i + 1 }));
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  return (await intake.take({ ...ask, source, rows: numbered }, world.units.index)).n ?? 0;
};
const indicatorOf = (live: LiveFigures, code: string) => live.definitions.indicators.get(code) as Indicator;
const official = (unit: string, role: 'moderator' | 'seat' | 'principal' = 'moderator'): Account => ({
  ...{ id: randomUUID(), name: 'A', role, unit: world.units.get(unit) },
});

interface Kept {
  readonly unit: string;
  readonly period: Date;
  readonly source: string;
  readonly batch: number;
  readonly value: number | null;
  readonly held: boolean;
  readonly revision: number;
}
interface Done extends Pick<Kept, 'unit' | 'period' | 'source' | 'revision'> {
  readonly n: number;
  readonly act: FigureActKind;
}

/** Slow and obvious: what each commune has of a stock in a period, by all rows and acts up to an N, of three days at most. */
function replayed(
  [rows, acts]: readonly [readonly Kept[], readonly Done[]],
  indicator: Indicator,
  period: number,
  n: number,
  moment: number,
) {
  const lastOf = (row: Kept, kinds: readonly FigureActKind[]) =>
    acts.findLast((act) => {
      const isCell = act.unit === row.unit && act.period.getTime() === row.period.getTime();
      const isValue = isCell && act.source === row.source && act.revision === row.revision;
      return isValue && act.n <= n && kinds.includes(act.act);
    })?.act;
  const decided = (row: Kept) => lastOf(row, ['release', 'reject']);
  const contested = (row: Kept) => lastOf(row, ['contest', 'answer', 'withdraw']) === 'contest';
  const known = rows
    .filter((row) => row.batch <= n)
    .map((row) => ({ ...row, held: row.held && decided(row) !== 'release', rejected: decided(row) === 'reject' }));
  const newest = Math.max(...known.map((each) => each.period.getTime()));
  const from = lookedAt(indicator, period, newest === period, moment);
  return ['10001', '10002', '10003'].map((unit) => {
    let held = false;
    const periods = [...new Set(known.map((each) => each.period.getTime()))].filter(
      (each) => each <= period && each >= period - 3 * 86_400_000,
    );
    for (const each of periods.toSorted((a, b) => b - a)) {
      const said = known.filter((one) => one.unit === unit && one.period.getTime() === each);
      const of = (source: string) => said.filter((one) => one.source === source);
      const best = of('moh').length > 0 ? of('moh') : of('army');
      held ||= best.filter((one) => !one.rejected).at(-1)?.held ?? false;
      const good = ['moh', 'army'].flatMap(
        (source) =>
          of(source)
            .filter((one) => !one.held && !one.rejected)
            .at(-1) ?? [],
      );
      const [counts] = good;
      if (!counts) continue;
      if (counts.value === null) return [null, held ? 'held' : 'none'];
      const age = freshnessOf(indicator, each, from);
      if (age === 'stale') return [counts.value, 'stale'];
      const differs = contested(counts) || good.some(({ value }) => value !== null && value !== counts.value);
      return [counts.value, held ? 'held' : differs ? 'contested' : age];
    }
    return [null, held ? 'held' : 'none'];
  });
}

/** Any act on any value, by somebody who may; mostly on one that is held. @returns its N; undefined: it was refused */
async function actSomewhere(pick: (most: number) => number): Promise<number | undefined> {
  const all = await world.postgres.query<Kept & Record<string, unknown>>(
    `SELECT unit, period, source, held, revision FROM observations WHERE indicator = 'beds-free' ORDER BY batch DESC, unit LIMIT 8`,
  );
  const value = all[pick(all.length)];
  if (!value) return undefined;
  const kinds = (value.held ? ['release', 'reject'] : ['contest', 'contest', 'answer', 'withdraw']) as FigureActKind[];
  const act = kinds[pick(kinds.length)] as FigureActKind;
  const { unit, source, revision } = value;
  const of = { values: [{ indicator: 'beds-free', unit, source, revision, period: value.period.toISOString() }] };
  const own = act === 'contest' || act === 'withdraw' ? official(unit, 'seat') : official('vn');
  const done = acts.act({ key: randomUUID(), act, reason: 'vì thế', of }, own, world.units.index);
  return done.then(
    ({ n }) => n,
    (error: unknown) => assert.equal((error as DomainError).reason, 'conflict') as undefined,
  );
}

test('FG19 FG8 FG11 FG14 FG16 as of each N a period is what a replay of its rows and acts says, at a node that heard of each batch and at one that came later', async () => {
  const early = await node();
  const random = randomOf(7);
  const pick = (most: number) => Math.floor(random() * most);
  const ns: number[] = [];
  for (let i = 0; i < 40; i += 1) {
    const period = day(2 + pick(9));
    const value = () => (random() < 0.15 ? null : `${random() < 0.2 ? 20_000 + pick(3) : pick(3)}`);
    const units = ['10001', '10002', '10003'].filter(() => random() < 0.6);
    const n = await take(
      units.map((unit) => row(unit, value(), period)),
      random() < 0.5 ? ministry : army,
    );
    if (n > 0) ns.push(n);
    for (let tries = 0; tries < 3; tries += 1) {
      const acted = await actSomewhere(pick);
      if (acted) ns.push(acted);
    }
    await early.hint({ n: await store.last() });
  }
  assert.ok(ns.length > 20);
  const late = await node();
  const rows = await world.postgres.query<Kept & Record<string, unknown>>(
    `SELECT unit, period, source, batch::float8, value::float8, held, revision FROM observations WHERE indicator = 'beds-free'
     ORDER BY batch`,
  );
  const done = await world.postgres.query<Done & Record<string, unknown>>(
    `SELECT a.n::float8, a.act, c.unit, c.period, c.source, c.revision FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act
     WHERE c.indicator = 'beds-free' ORDER BY a.n`,
  );
  assert.equal(new Set(done.map(({ act }) => act)).size, 5, `${done.map(({ act }) => act).join()}`);
  const beds = indicatorOf(early, 'beds-free');
  const places = ['10001', '10002', '10003'].map((unit) => early.layout.placeOf(unit) ?? -1);
  let looked = 0;
  for (const n of ns)
    for (let nr = 2; nr <= 10; nr += 1) {
      if (!rows.some((each) => each.batch <= n && each.period.getTime() === at(nr))) continue;
      const expected = replayed([rows, done], beds, at(nr), n, now);
      for (const live of [early, late]) {
        const cells = await live.cellsAt(beds, at(nr), n, now);
        const found = places.map((place) => [cells.part(place).value, cells.part(place).state]);
        assert.deepEqual(found, expected, `as of ${n}, day ${nr}`);
      }
      looked += 1;
    }
  assert.ok(looked > 50);
  const cards = [early, late].map((live) => new FigureCards(live).card('beds-free', 0));
  assert.ok(cards[0]);
  assert.deepEqual({ ...cards[0], series: [] }, { ...cards[1], series: [] });
});

test('FG10 a card has its value, coverage and oldest time, and the periods before once they were read', async () => {
  await take([row('10001', '5', day(8), 'rated'), row('10002', '7', day(8), 'rated')]);
  await take([row('10001', '6', day(10), 'rated')]);
  const live = await node();
  const cards = new FigureCards(live);
  now = at(11);
  const card = () => cards.card('rated', 0);
  assert.equal(card()?.value, 13);
  const { coverage } = card() ?? {};
  assert.deepEqual(coverage, { expected: 3, fresh: 1, late: 1, stale: 0, none: 1, held: 0, contested: 0 });
  assert.equal(card()?.oldest, new Date(at(9)).toISOString());
  await until('the periods before are there', () => card()?.series.at(-3) === 12);
  assert.deepEqual(card()?.series.slice(-3), [12, null, 13]);
  now = at(14);
  assert.deepEqual([card()?.value, card()?.state, card()?.coverage.stale], [null, 'none', 2]);
  now = at(10);
});

test('FG3 FG12 of a flow a period without a report is missing, and a source that says there is none ends a value', async () => {
  await take([row('10001', '5', day(9), 'asked'), row('10002', '7', day(9), 'asked')]);
  await take([row('10001', '4', day(10), 'asked')]);
  const live = await node();
  const cards = new FigureCards(live);
  // FG140: when it is due.
  now = at(11) + 3_600_000;
  assert.deepEqual(cards.card('asked', 0)?.value, 4);
  assert.equal(cards.card('asked', 0)?.coverage.none, 2);
  await take([row('10001', null, day(10), 'asked')]);
  await live.sweep();
  assert.equal(cards.card('asked', 0)?.value, null);
  now = at(10);
});

test('FG9 a ratio is the sum of its numerators over that of its denominators, of units that have both', async () => {
  await take(['10001', '10002', '10003'].map((unit, i) => row(unit, `${[10, 20, 70][i]}`, day(11), 'beds-free')));
  now = at(11);
  await take([row('10001', '100', day(11), 'beds-all'), row('10002', '50', day(11), 'beds-all')]);
  const live = await node();
  const card = new FigureCards(live).card('share', 0);
  assert.equal(card?.value, 200);
  assert.deepEqual(card?.coverage.none, 1);
  now = at(10);
});

test('FG23 FG24 a frame ends at the border of the territory, is the same bytes for everybody, and none is of an N to come', async () => {
  now = Date.now();
  const today = new Date(now).toISOString();
  await take(['10001', '10002', '10003'].map((unit, i) => row(unit, `${[10, 20, 70][i]}`, today)));
  const live = await node();
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree: () => world.units.index });
  const { n } = live;
  const ask = { indicator: 'beds-free', period: today, n, root: '79' };
  const [one, two] = await Promise.all([figures.frame(official('79'), ask), figures.frame(official('vn'), ask)]);
  assert.equal(one, two);
  const frame: FigureFrame = JSON.parse(String(one));
  assert.deepEqual(frame.units, ['vn.79.10001', 'vn.79.10002', 'vn.79.10003']);
  assert.deepEqual([frame.values, frame.states, frame.upper[0]?.value], [[10, 20, 70], 'fff', 100]);
  assert.throws(() => figures.frame(official('79'), { ...ask, root: 'vn' }), { reason: 'outside-territory' });
  assert.throws(() => figures.frame(official('10001', 'seat'), ask), { reason: 'outside-territory' });
  await assert.rejects(figures.frame(official('79'), { ...ask, n: n + 1 }), { reason: 'not-found' });
  const own = figures.watch(official('10001', 'seat'), ['beds-free', 'nothing'], '10001');
  assert.deepEqual(
    own.cards.map(({ value, series }) => [value, series]),
    [[10, []]],
  );
  assert.throws(() => figures.watch(official('10001', 'seat'), [], '10002'), { reason: 'outside-territory' });
  now = at(10);
});

test('FG21 the history of a cell names each revision with its source, its N and which of them counts', async () => {
  const cell = (value: string) => [row('10003', value, day(12), 'rated')];
  now = at(12);
  const ns = [await take(cell('1')), await take(cell('50000')), await take(cell('3'), army)];
  const live = await node();
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree: () => world.units.index });
  const ask = { indicator: 'rated', unit: '10003' };
  const { revisions } = await figures.history(official('79'), ask, new Date(at(12) + 1).toISOString());
  assert.deepEqual(
    revisions.map((each) => [each.n, each.source, each.revision, each.value, each.held, each.counts]),
    [
      [ns[0], 'moh', 1, 1, false, true],
      [ns[1], 'moh', 2, 50_000, true, false],
      [ns[2], 'army', 1, 3, false, false],
    ],
  );
  assert.equal(revisions[0]?.sourceName, 'Bộ Y tế', 'as people know it');
  const { points } = await figures.series(official('79'), ask, 28);
  assert.deepEqual(points, [{ period: new Date(at(12)).toISOString(), value: 1 }]);
  now = at(10);
});

test('FG4 a node that missed the hint finds batches by its sweep, once, and a new definition changes all', async () => {
  const live = await node();
  const told: FigureMove[] = [];
  live.on('moved', (moves) => told.push(...moves));
  await take([row('10001', '77', day(12), 'rated')]);
  await Promise.all([live.sweep(), live.sweep(), live.hint({ n: await store.last() })]);
  assert.deepEqual(
    told.map(({ indicator, units }) => [indicator, [...units]]),
    [['rated', ['10001']]],
  );
  await take([row('10001', '78', day(3), 'rated')]);
  await live.sweep();
  assert.deepEqual([told.length, [...(told[1]?.units ?? [])], told[1]?.older], [2, [], [at(3)]]);
  let reloaded = 0;
  live.on('reloaded', () => {
    reloaded += 1;
  });
  await definitions.putSource({ ...army, rank: 1, indicators: ['rated'] }, by);
  await live.sweep();
  assert.deepEqual([reloaded, live.n], [1, await store.last()]);
});
