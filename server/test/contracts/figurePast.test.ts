import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureCards } from '../../src/domain/figure/FigureCards.ts';
import { FigureService } from '../../src/domain/figure/FigureService.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { FigurePasts } from '../../src/domain/figure/past/FigurePasts.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { FigureSource } from '../../src/protocol/figureDefinition.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigurePast } from '../../src/store/postgres/figure/PgFigurePast.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { followDirectives } from '../support/official/directives.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { actOnFloor } from '../support/official/floor.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let intake: PgFigureIntake;
let live: LiveFigures;
let pasts: FigurePasts;
const by = { account: null, name: 'dh figures' };
const army: FigureSource = { ...ministry, code: 'army', name: 'Quân y', rank: 2 };
const indicators = ['beds-free', 'beds-all'];
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const { postgres, units } = world;
  const definitions = new PgFigureDefinitions(postgres);
  intake = new PgFigureIntake(postgres);
  for (const code of indicators) await definitions.putIndicator({ ...freeBeds, code }, by);
  const ratio = { numerator: 'beds-free', denominator: 'beds-all', up: 'ratio', scale: 3 } as const;
  await definitions.putIndicator({ ...freeBeds, code: 'share', ...ratio }, by);
  await definitions.putSource({ ...ministry, indicators }, by);
  await definitions.putSource({ ...army, indicators, root: '79' }, by);
  const store = new PgFigureReader(postgres);
  live = new LiveFigures({ store, units: () => units.index.units, clock: { now: () => new Date() } });
  await live.reload();
  pasts = new FigurePasts({ live, store, past: new PgFigurePast(postgres), tree: () => units.index });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const DAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const row = (unit: string, value: string | null, indicator = 'beds-free', period = DAY): FigureRow => ({
  ...{ row: 1, indicator, unit, period, value },
});
/** @returns its N and when it was recorded */
async function take(
  rows: readonly FigureRow[],
  { source = ministry, reason }: { source?: FigureSource; reason?: string } = {},
) {
  const numbered = rows.map((each, i) => ({ ...each, row: i + 1 }));
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: source.name } as const;
  const { n } = await intake.take({ ...ask, source, reason, rows: numbered }, world.units.index);
  const [at] = await world.postgres.query<{ at: string }>(
    `SELECT to_jsonb(at) #>> '{}' AS at FROM figure_batches WHERE n = $1`,
    [n],
  );
  await live.hint({ n: n ?? 0 });
  // In one millisecond no other batch.
  await world.postgres.query('SELECT pg_sleep(0.002)');
  return { n: n ?? 0, at: new Date(Date.parse(at?.at ?? '')).toISOString() };
}
const official = (unit: string, role: Account['role'] = 'principal'): Account => ({
  ...{ id: randomUUID(), name: 'A', role, unit: world.units.get(unit) },
});
const reasonOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { reason?: string }) => error.reason,
  );
const EVER = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };

test('FG80 FG19 at a moment the newest period is shown as it was known by then, and nothing before the first word', async () => {
  const pm = official('vn');
  const before = await pasts.at(pm, { indicator: 'beds-free', root: 'vn' }, '2020-01-01T00:00:00.000Z');
  assert.deepEqual(before, { n: 0, at: null, card: null });
  const first = await take([row('10001', '5'), row('10002', '7')]);
  const second = await take([row('10002', '9'), row('10003', '1')]);
  const then = await pasts.at(pm, { indicator: 'beds-free', root: 'vn' }, first.at);
  assert.deepEqual([then.n, then.card?.value, then.card?.coverage.expected], [first.n, 12, 3]);
  const now = await pasts.at(pm, { indicator: 'beds-free', root: 'vn' }, second.at);
  assert.deepEqual([now.n, now.card?.value, now.card?.n], [second.n, 15, second.n]);
  const unit = await pasts.at(pm, { indicator: 'beds-free', root: '10003' }, first.at);
  assert.equal(unit.card?.value, null, 'of a unit that had said nothing by then');
});

test('FG80 a unit is looked at by what was said of it up to an N, and no further', async () => {
  const pm = official('vn');
  const cards = new FigureCards(live);
  const figures = new FigureService({
    live,
    cards,
    store: new PgFigureReader(world.postgres),
    tree: () => world.units.index,
  });
  const of = { indicator: 'beds-all', unit: '10001' };
  const first = await take([row('10001', '3', 'beds-all', '2026-08-01')]);
  await take([row('10001', '4', 'beds-all', '2026-08-01'), row('10001', '8', 'beds-all', '2026-08-02')]);
  const then = { ...of, n: first.n };
  assert.deepEqual(
    (await figures.series(pm, then, 5)).points.map(({ value }) => value),
    [3],
  );
  assert.deepEqual(
    (await figures.series(pm, { ...of }, 5)).points.map(({ value }) => value),
    [4, 8],
  );
  const told = async (ask: typeof of) => (await figures.history(pm, ask, '2026-08-01T12:00:00.000Z')).revisions;
  assert.deepEqual(
    (await told(then)).map(({ value, counts }) => [value, counts]),
    [[3, true]],
  );
  assert.equal((await told(of)).length, 2);
  assert.equal(await reasonOf(figures.history(pm, { ...of, n: live.n + 1 }, '2026-08-01T12:00:00.000Z')), 'not-found');
});

test('FG82 what was revised since is told with both values, by whom and why, the largest changes first; what only grew old is not', async () => {
  const pm = official('vn');
  const rows = ['10001', '10002', '10003'].flatMap((unit) => [row(unit, '10'), row(unit, '40', 'beds-all')]);
  const { n } = await take(rows);
  await take([row('10001', '11')], { reason: 'nhầm cột' });
  await take([row('10002', null)], { reason: 'không còn' });
  await take([row('10003', '10', 'beds-free', new Date().toISOString().slice(0, 10))]);
  const ask = { indicator: 'beds-free', root: 'vn' };
  const told = await pasts.revised(pm, ask, `${DAY}T12:00:00.000Z`, n);
  assert.deepEqual(
    told.revised.map(({ unit, before, now, source, reason }) => [unit, before, now, source, reason]),
    [
      ['10002', 10, null, 'Bộ Y tế', 'không còn'],
      ['10001', 10, 11, 'Bộ Y tế', 'nhầm cột'],
    ],
  );
  assert.deepEqual([told.units, told.whole], [2, { before: 30, now: 21 }]);
  const share = await pasts.revised(pm, { indicator: 'share', root: 'vn' }, `${DAY}T12:00:00.000Z`, n);
  assert.deepEqual(share.whole, { before: 250, now: 263 });
  const one = await pasts.revised(pm, { ...ask, root: '10001' }, `${DAY}T12:00:00.000Z`, n);
  assert.deepEqual([one.units, one.whole], [1, { before: 10, now: 11 }]);
  const last = await pasts.revised(pm, ask, `${DAY}T12:00:00.000Z`, live.n);
  assert.deepEqual([last.units, last.revised], [0, []]);
});

test('FG81 stops are batches of the indicator, directives of the office, calls and briefings, in the order of time; no rehearsal', async () => {
  await followDirectives(world);
  await actOnFloor(world);
  const pm = official('vn');
  const { stops, more } = await pasts.stops(pm, { indicator: 'beds-free', ...EVER });
  assert.equal(more, false);
  const kinds = new Set(stops.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ['batch', 'call', 'directive', 'opened']);
  assert.deepEqual(
    stops.map(({ at }) => at),
    stops.map(({ at }) => at).toSorted(),
  );
  const directive = stops.find(({ kind }) => kind === 'directive');
  assert.deepEqual([directive?.name, directive?.number], ['Lập chốt', 1]);
  const ofOther = await pasts.stops(pm, { indicator: 'beds-all', ...EVER });
  const batches = (found: typeof stops) => found.filter(({ kind }) => kind === 'batch').length;
  assert.ok(batches(ofOther.stops) < batches(stops), 'a batch is a stop for what it speaks of');
  const none = await pasts.stops(pm, { ...EVER, indicator: 'beds-free', from: EVER.to });
  assert.deepEqual(none.stops, []);
});

test('FG81 a leader stops where their territory is concerned, and who leads nothing does not go back', async () => {
  const province = official('79', 'moderator');
  const { stops } = await pasts.stops(province, { indicator: 'beds-free', ...EVER });
  assert.equal(stops.filter(({ kind }) => kind === 'directive').length, 0, 'directives of another office');
  assert.ok(stops.some(({ kind }) => kind === 'call'));
  const far = { ...official('79'), unit: { ...world.units.get('79'), code: '01', path: 'vn.01' } };
  await take([row('10001', '77')], { source: army });
  const elsewhere = (await pasts.stops(far, { indicator: 'beds-free', ...EVER })).stops;
  assert.equal(elsewhere.filter(({ kind }) => kind === 'call').length, 0);
  assert.ok(!elsewhere.some(({ name }) => name === army.name), 'a source that writes elsewhere');
  assert.equal(await reasonOf(pasts.at(far, { indicator: 'beds-free', root: '79' }, EVER.to)), 'outside-territory');
  const seat = official('10001', 'seat');
  assert.equal(await reasonOf(pasts.stops(seat, { indicator: 'beds-free', ...EVER })), 'forbidden');
  assert.equal(await reasonOf(pasts.at(seat, { indicator: 'beds-free', root: '10001' }, EVER.to)), 'forbidden');
});
