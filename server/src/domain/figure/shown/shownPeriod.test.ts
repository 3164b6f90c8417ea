import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { freeBeds, ministry } from '../../../../test/support/official/figure.ts';
import { type Indicator, indicatorSchema } from '../../../protocol/figureDefinition.ts';
import type { FigureFrame } from '../../../protocol/figureFrame.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { FigureCards } from '../FigureCards.ts';
import { FigureService } from '../FigureService.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { FigurePasts } from '../past/FigurePasts.ts';
import type { PastReader } from '../past/ports.ts';
import { periodOf } from '../periods.ts';
import type { SelectionStore } from '../selection/ports.ts';
import { Selections } from '../selection/Selections.ts';
import { StagedPictures } from '../stage/StagedPictures.ts';

const HOUR_MS = 3_600_000;
const seven = periodOf('hour', Date.parse('2026-11-26T07:00+07:00'));
const six = seven - HOUR_MS;
const iso = (ms: number) => new Date(ms).toISOString();
const codes = ['11', '12', '13', '14', '15', '21', '22', '23', '24', '25'];
const units = ['vn', 'vn.1', ...codes.slice(0, 5).map((code) => `vn.1.${code}`), 'vn.2'].concat(
  codes.slice(5).map((code) => `vn.2.${code}`),
);
const tree = units.map((path) => ({ path, code: path.split('.').at(-1) ?? '', name: path }));
const leader = { id: 'leader', role: 'principal', unit: { path: 'vn', code: 'vn' } } as Account;
const cases: Indicator = {
  ...{ ...freeBeds, code: 'cases', kind: 'flow', every: 'hour', version: 1 },
  ...{ dueSeconds: 1_800, staleSeconds: 86_400 },
};
const each = (value: number, of: readonly string[] = codes) => Object.fromEntries(of.map((code) => [code, value]));

/** A node at five past eight, for which all of six and a part of seven has come. */
async function world(wanted: Partial<Indicator> = {}) {
  const store = new FigureMemory();
  const indicator = { ...cases, ...wanted };
  store.define({ indicators: [indicator], sources: [{ ...ministry, indicators: [indicator.code] }] });
  let now = seven + HOUR_MS + 5 * 60_000;
  store.timeOf = async () => now;
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date(now) } });
  const cards = new FigureCards(live);
  const index = () => ({ find: (code: string) => tree.find((unit) => unit.code === code) });
  const figures = new FigureService({ live, cards, store, tree: index });
  const pictures = new StagedPictures({ live, cards, store: { content: async () => undefined }, tree: index });
  await live.reload();
  return {
    ...{ store, live, cards, figures, pictures, index, indicator },
    record: async (period: number, values: Readonly<Record<string, number>>) => {
      store.record(period, values, indicator);
      await live.sweep();
    },
    until: (ms: number) => {
      now = ms;
    },
    card: (unit = 'vn') => {
      const card = cards.card(indicator.code, live.layout.placeOf(unit) ?? -1);
      return card && { ...card, period: Date.parse(card.period) };
    },
  };
}

test('FG140 FG141 one row is not the nation: the hour before stands until the newest is due, and that it is coming is told', async () => {
  const { record, card, until } = await world();
  await record(six, each(10));
  await record(seven, { 11: 3 });
  assert.deepEqual([card()?.period, card()?.value, card()?.coverage.fresh], [six, 100, 10]);
  assert.deepEqual(card()?.coming, { period: iso(seven), counted: 1, expected: 10 });
  until(seven + HOUR_MS + 1_800_000);
  assert.deepEqual([card()?.period, card()?.value, card()?.coming], [seven, 3, undefined]);
});

test('FG139 FG140 what four of five units have said is shown before it is due, in each territory by its own units', async () => {
  const { record, card } = await world();
  await record(six, each(10));
  await record(seven, each(1, codes.slice(0, 5)));
  assert.deepEqual([card('vn')?.period, card('1')?.period, card('2')?.period], [six, seven, six]);
  assert.deepEqual([card('11')?.period, card('21')?.period], [seven, six]);
  await record(seven, each(1, codes.slice(5, 8)));
  assert.deepEqual([card()?.period, card()?.value, card()?.coming], [seven, 8, undefined]);
  assert.deepEqual(card('2')?.coming, { period: iso(seven), counted: 3, expected: 5 });
});

test('FG139 an event that most never report is shown with its first row, and half is enough where that is said', async () => {
  const events = await world({ minCoverage: 0 });
  await events.record(six, each(10));
  await events.record(seven, { 11: 3 });
  assert.deepEqual([events.card()?.period, events.card()?.value, events.card()?.coming], [seven, 3, undefined]);
  const half = await world({ minCoverage: 0.5 });
  await half.record(six, each(10));
  await half.record(seven, each(1, codes.slice(0, 5)));
  assert.equal(half.card()?.period, seven);
  const { version: _, ...unversioned } = cases;
  for (const [minCoverage, ok] of [
    [0, true],
    [1, true],
    [1.1, false],
    [-0.1, false],
    ['0.8', false],
  ] as const)
    assert.equal(indicatorSchema.safeParse({ ...unversioned, version: 1, minCoverage }).success, ok);
});

test('FG140 FG141 the first period of all is shown while it comes in, and says so', async () => {
  const { record, card } = await world();
  await record(seven, { 11: 3 });
  assert.deepEqual([card()?.period, card()?.value, card()?.change], [seven, 3, null]);
  assert.deepEqual(card()?.coming, { period: iso(seven), counted: 1, expected: 10 });
});

test('FG140 what stands of before covers a period of a stock, and a correction of what is shown is told', async () => {
  const stock = await world({ kind: 'stock' });
  await stock.record(six, each(10));
  await stock.record(seven, { 11: 3 });
  assert.deepEqual([stock.card()?.period, stock.card()?.value, stock.card()?.coming], [seven, 93, undefined]);
  const flow = await world();
  await flow.record(six, each(10));
  await flow.record(seven, { 11: 3 });
  const told: string[][] = [];
  flow.live.on('moved', (moves) => told.push(moves.flatMap(({ units: moved }) => [...moved])));
  await flow.record(six, { 21: 50 });
  assert.deepEqual([flow.card()?.value, told], [140, [['21']]]);
});

test('FG140 a period of which no fewer units have come than of the one before is shown, and says that it is coming', async () => {
  const { record, card } = await world();
  await record(six, each(10, ['11', '21']));
  await record(seven, { 11: 3 });
  assert.equal(card()?.period, six);
  await record(seven, { 22: 4 });
  assert.deepEqual([card()?.period, card()?.value, card()?.coming?.counted], [seven, 7, 2]);
});

test('FG142 a change is over the units that have said both periods, and unknown where these are too few', async () => {
  const { record, card } = await world();
  await record(six, each(10));
  await record(seven, each(11, codes.slice(0, 8)));
  assert.deepEqual([card()?.value, card()?.change], [88, { now: 88, before: 80, both: 8 }]);
  const few = await world();
  await few.record(six, each(10, ['11', '21']));
  await few.record(seven, each(11));
  assert.deepEqual(
    [few.card()?.period, few.card()?.change, few.card('21')?.change],
    [seven, null, { now: 11, before: 10, both: 1 }],
  );
});

test('FG140 the end of a series, a frame, the stage, a list of crossings and the past are of the same period', async () => {
  const { record, live, figures, pictures, store, index, indicator, card, until } = await world();
  await record(six, each(10));
  const n = live.n;
  await record(seven, { 11: 3 });
  const series = await figures.series(leader, { indicator: indicator.code, unit: 'vn' }, 28);
  assert.deepEqual(series.points.at(-1), { period: iso(six), value: 100 });
  assert.equal(pictures.shown(indicator.code, 'vn'), iso(six));
  const shown = { indicator: indicator.code, root: 'vn', depth: 'provinces', period: iso(six) } as const;
  const { picture } = await pictures.make(shown);
  assert.deepEqual([picture.value, picture.coming], [100, { period: iso(seven), counted: 1, expected: 10 }]);
  const frame: FigureFrame = JSON.parse(
    String(await figures.frame(leader, { indicator: indicator.code, period: iso(six), n: live.n, root: 'vn' })),
  );
  assert.deepEqual([frame.upper[0]?.value, frame.upper[0]?.coverage], [card()?.value, card()?.coverage]);
  const past = {
    lastAt: async () => ({ n: live.n, at: new Date(seven + HOUR_MS + 5 * 60_000) }),
  } as unknown as PastReader;
  const pasts = new FigurePasts({ live, store, past, tree: index });
  const then = await pasts.at(leader, { indicator: indicator.code, root: 'vn' }, iso(seven));
  assert.deepEqual([then.card?.period, then.card?.value, then.card?.coming?.counted], [iso(six), 100, 1]);
  const before = await figures.series(leader, { indicator: indicator.code, unit: '21', n }, 28);
  assert.equal(before.n, n);
  // On the stage stays what was put there; that there is more is told.
  until(seven + HOUR_MS + 1_800_000);
  const later = await pictures.make(shown);
  assert.deepEqual(later.picture.coming, { period: iso(seven), counted: 1, expected: 10, ready: true });
});

test('FG24 FG140 however many territories are looked at, the units of the country are walked once for what was said', async () => {
  const { record, live, indicator } = await world();
  await record(six, each(10));
  await record(seven, { 11: 3 });
  let walks = 0;
  const cellsNow = live.cellsNow.bind(live);
  live.cellsNow = (...of) => {
    walks += 1;
    return cellsNow(...of);
  };
  for (const root of ['vn', '1', '2', 'vn', '1', '2']) live.shown(indicator, live.layout.placeOf(root) ?? -1);
  // Of seven, which is not due yet, and of six, beside which it is looked at.
  assert.equal(walks, 2);
  await record(seven, { 12: 3 });
  for (const root of ['vn', '1', '2']) live.shown(indicator, live.layout.placeOf(root) ?? -1);
  assert.equal(walks, 4);
});

test('FG140 FG20 units are chosen in the period that is shown, of a province also in that of the map on which it lies', async () => {
  const { record, live, store, index, indicator } = await world();
  const chosen: number[] = [];
  const selections = new Selections({
    ...{ live, tree: index, readBriefing: async () => undefined, said: store },
    store: {
      movedSince: async () => undefined,
      freeze: async ({ period }: { period: number }) => chosen.push(period),
    } as unknown as SelectionStore,
  });
  await record(six, each(10));
  await record(seven, each(3, codes.slice(0, 5)));
  const choose = (root: string, period: number, n = live.n) =>
    selections.freeze(leader, {
      ...{ key: '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f', indicator: indicator.code, period: iso(period), n, root },
      ...{ rule: { is: 'at-least', value: 1 }, except: [], briefing: null },
    });
  await assert.rejects(choose('vn', seven), { reason: 'conflict' });
  for (const [root, period] of [
    ['vn', six],
    ['1', seven],
    ['1', six],
    ['2', six],
  ] as const)
    await choose(root, period);
  assert.deepEqual(chosen, [six, seven, six, six]);
  const n = live.n;
  await record(seven, each(3, codes.slice(5)));
  await choose('vn', six, n);
  await assert.rejects(choose('vn', six), { reason: 'conflict' });
});
