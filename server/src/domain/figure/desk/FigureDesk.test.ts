import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureCard } from '../../../protocol/figure.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import type { Account, Role } from '../../../protocol/organisation.ts';
import { cellsOf } from '../Cells.ts';
import { FigureLayout } from '../FigureLayout.ts';
import { DESK_LOOKS } from '../limits.ts';
import { FigureDesk } from './FigureDesk.ts';
import type { FigureDeskStore } from './ports.ts';
import type { LastWord } from './silentSources.ts';

const HOUR = 3_600_000;
const eight = Date.parse('2026-09-02T08:00+07:00');
const two = (text: string) => ({ vi: text, en: text });
const beds: Indicator = {
  ...{ code: 'beds', name: two('beds'), unit: two('giường'), scale: 0, kind: 'flow', every: 'hour', up: 'sum' },
  ...{ dueSeconds: 600, staleSeconds: 7200, mayStage: true, simulated: false, version: 1 },
};
const asked = (code: string): Indicator => ({ ...beds, code: `asked-${code}` });
const source = (code: string, root: string, more: Partial<FigureSource>): FigureSource => ({
  ...{ code, name: code, rank: 1, root, indicators: ['beds'], simulated: false, ...more },
});
const sources = [
  source('moh', 'vn', { kind: 'push' }),
  source('asked-vn', 'vn', { kind: 'asked' }),
  source('asked-01', '01', { kind: 'asked', indicators: ['asked-in-01'] }),
  source('asked-02', '02', { kind: 'asked', indicators: ['asked-in-02'] }),
];
const layoutOf = (...paths: string[]) =>
  new FigureLayout(paths.map((path) => ({ code: path.slice(path.lastIndexOf('.') + 1), path })));
const before = layoutOf('vn', 'vn.01', 'vn.01.1', 'vn.02', 'vn.02.2');
const after = layoutOf('vn', 'vn.00', 'vn.00.0', 'vn.01', 'vn.01.1', 'vn.02', 'vn.02.2');

function world(words: readonly LastWord[] = []) {
  const now = eight + 2 * HOUR;
  const live = {
    definitions: {
      indicators: new Map([beds, asked('in-01'), asked('in-02')].map((one) => [one.code, one])),
      sources: new Map(sources.map((one) => [one.code, one])),
    },
    layout: before,
    newest: () => ({ period: eight, n: 1 }),
    cellsNow: (of: Indicator, period: number) => cellsOf(of, new Map(), live.layout.size, period, now),
    now: () => now,
  };
  const store: FigureDeskStore = {
    held: async () => ({ count: 0, values: [] }),
    heldBatches: async () => ({ count: 0, inAll: 0, batches: [] }),
    contested: async () => ({ values: [], by: [] }),
    lastWords: async () => words,
  };
  const card = (indicator: string, place: number): FigureCard => ({
    ...{
      indicator,
      unit: live.layout.units[place]?.code ?? '',
      period: new Date(eight).toISOString(),
      n: 1,
      value: place,
    },
    coverage: { expected: 1, fresh: 0, late: 0, stale: 0, none: 1, held: 0, contested: 0 },
    ...{ state: 'late', former: null, series: [], oldest: null },
  });
  const find = (code: string) => {
    const path = after.units.find((unit) => unit.code === code)?.path;
    return path === undefined ? undefined : { path, name: code };
  };
  return { live, store, desk: new FigureDesk({ live, store, cards: { standing: card }, tree: () => ({ find }) }) };
}
const principal = (path: string, role: Role = 'principal'): Account =>
  ({ id: path, name: path, role, unit: { code: path, path, tier: 'nation', name: path } }) as Account;

test('FG23 a look during which the tree becomes another one tells of its own territory', async () => {
  const { live, store, desk } = world();
  const { lastWords } = store;
  store.lastWords = () => {
    live.layout = after;
    return lastWords();
  };
  const { figures, behind } = await desk.look(principal('vn.02'), '02');
  assert.deepEqual(
    figures.map(({ value }) => value),
    [after.placeOf('02')],
  );
  assert.deepEqual(
    behind.list.map(({ unit }) => unit),
    ['2'],
  );
});

test('FG127 of units without a value it is told how many are late with it, and each of them is listed', async () => {
  const { desk } = world();
  const { figures, behind } = await desk.look(principal('vn'), 'vn');
  assert.deepEqual([figures.length, figures[0]?.owed], [1, 2]);
  assert.deepEqual(
    behind.list.map(({ unit, since }) => [unit, since]),
    [
      ['1', null],
      ['2', null],
    ],
  );
});

test('FG60 what a roll-call of another territory has asked is not named', async () => {
  const { desk } = world();
  const named = async (path: string, root: string) =>
    (await desk.look(principal(path), root)).indicators.map(({ code }) => code);
  assert.deepEqual(await named('vn.02', '02'), ['beds', 'asked-in-02']);
  assert.deepEqual(await named('vn', 'vn'), ['beds', 'asked-in-01', 'asked-in-02']);
});

test('FG92 the desk of whoever sits too deep says nothing of what is for few', async () => {
  const { live, store, desk } = world();
  live.definitions.indicators.set('beds', { ...beds, seenBy: 1 });
  const hidden: (readonly string[])[] = [];
  const { held } = store;
  store.held = (of, most) => {
    hidden.push(of.hidden);
    return held(of, most);
  };
  const below = await desk.look(principal('vn.02'), '02');
  assert.deepEqual([below.figures, below.behind.units, below.silent], [[], 0, []]);
  assert.deepEqual(
    below.indicators.map(({ code }) => code),
    ['asked-in-02'],
  );
  assert.equal((await desk.look(principal('vn'), 'vn')).figures.length, 1);
  assert.deepEqual(hidden, [['beds'], []]);
});

test('FG117 FG92 beside a held part stands its whole for whoever may see that, and for nobody below', async () => {
  const { live, store, desk } = world();
  live.definitions.indicators.set('beds', { ...beds, seenBy: 1 });
  live.definitions.indicators.set('free', { ...beds, code: 'free', checks: { partOf: 'beds' } });
  const value = { indicator: 'free', period: eight, unit: '2', source: 'moh', revision: 1, value: 9, batch: 1 };
  const held = { ...value, at: new Date(eight), reason: 'over-whole' as const, beside: 7 };
  store.held = async () => ({ count: 1, values: [held], batches: [] });
  const besideFor = async (path: string, root: string) => (await desk.look(principal(path), root)).held.list[0]?.beside;
  assert.equal(await besideFor('vn', 'vn'), 7);
  assert.equal(await besideFor('vn.02', '02'), null);
});

test('FG13 units are late by a silent source also where a roll-call has asked for the same figure once', async () => {
  const word = { indicator: 'beds', period: eight - HOUR, n: 1, at: eight };
  const { desk } = world([
    { ...word, source: 'moh' },
    { ...word, source: 'asked-vn' },
  ]);
  const { figures, behind, silent } = await desk.look(principal('vn'), 'vn');
  assert.deepEqual(
    silent.map(({ source: code }) => code),
    ['moh'],
  );
  assert.deepEqual([figures[0]?.silent, behind.units], [2, 0]);
});

test('FG13 one account looks at its territory so often and no more', async () => {
  const { desk } = world();
  for (let i = 0; i < DESK_LOOKS.burst; i += 1) await desk.look(principal('vn.01'), '01');
  await assert.rejects(desk.look(principal('vn.01'), '01'), { reason: 'rate-limited' });
  await desk.look(principal('vn.02'), '02');
});

test('FG16 FG17 a contest waits at the desks of whoever may answer it: not of who contested, nor of anybody below', async () => {
  const { store, desk } = world();
  const by = (path: string, account: string) => ({
    ...{ indicator: 'beds', period: eight, unit: '2', source: 'moh', revision: 1, value: 7, held: path === 'vn.02.2' },
    contest: { at: new Date(eight), account, by: account, path, reason: null },
  });
  const values = [by('vn.02.2', 'ward'), by('vn.02', 'vn.02'), by('vn.02', 'deputy'), by('vn', 'pm')];
  store.contested = async () => ({ values, by: [] });
  const acts = async (path: string, root: string) =>
    (await desk.look(principal(path), root)).contested?.map((one) => one.acts.join());
  assert.deepEqual(await acts('vn.02', '02'), ['answer,reject', 'withdraw', 'withdraw,answer', '']);
  assert.deepEqual(await acts('vn', 'vn'), ['answer,reject', 'answer', 'answer', 'withdraw,answer']);
});

test('FG16 FG17 a desk says how many values are contested in all and how many of them it may answer, however few it lists', async () => {
  const { store, desk } = world();
  store.contested = async () => ({
    values: [],
    by: [
      { account: 'ward', path: 'vn.02.2', values: 300 },
      { account: 'vn.02', path: 'vn.02', values: 20 },
      { account: 'pm', path: 'vn', values: 1 },
    ],
  });
  assert.deepEqual((await desk.look(principal('vn.02'), '02')).contests, { values: 321, from: 0, toAnswer: 300 });
  assert.deepEqual((await desk.look(principal('vn'), 'vn')).contests?.toAnswer, 321);
});

test('FG14 FG16 a list that is read on tells from where, and begins anew where it has become shorter meanwhile', async () => {
  const { store, desk } = world();
  const one = {
    ...{ indicator: 'beds', period: eight, unit: '2', source: 'moh', revision: 1, value: 7, batch: 1 },
    ...{ at: new Date(eight), reason: null, beside: null },
  };
  store.held = async (_, { from }) => ({ count: 201, values: from > 200 ? [] : [one] });
  const from = async (heldFrom: number) => {
    const { held } = await desk.look(principal('vn'), 'vn', { heldFrom, contestedFrom: 0 });
    return [held.values, held.from, held.list.length];
  };
  assert.deepEqual(await from(200), [201, 200, 1]);
  assert.deepEqual(await from(400), [201, 0, 1]);
});
