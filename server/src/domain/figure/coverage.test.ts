import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import { cellsOf } from './Cells.ts';
import { FigureBoard } from './FigureBoard.ts';
import { FigureLayout } from './FigureLayout.ts';
import type { Observation } from './facts.ts';
import { periodAfter, periodEnd, periodOf } from './periods.ts';
import { rollTree } from './rollTree.ts';

const HOUR_MS = 3_600_000;
const today = periodOf('day', Date.parse('2026-09-02T12:00+07:00'));
const yesterday = periodAfter('day', today, -1);
const two = (text: string) => ({ vi: text, en: text });
const cases: Indicator = {
  ...{ code: 'cases', name: two('Ca'), unit: two('ca'), scale: 0, kind: 'flow', every: 'day', up: 'sum' },
  ...{ dueSeconds: 7_200, staleSeconds: 7 * 86_400, mayStage: true, simulated: false, version: 1 },
};
const source: FigureSource = { code: 's', name: 'S', rank: 1, root: 'vn', indicators: ['cases'], simulated: false };
const layout = new FigureLayout(
  ['vn', 'vn.01', 'vn.01.1', 'vn.01.2', 'vn.02', 'vn.02.3'].map((path) => ({
    path,
    code: path.split('.').at(-1) ?? '',
  })),
);
const said = (unit: string, value: number, period = today, more: Partial<Observation> = {}): Observation => ({
  ...{ indicator: 'cases', unit, period, value, source: 's', revision: 1, batch: 1, seen: null, held: false },
  ...{ status: 'A', ...more },
});

/** The country and its provinces as they are told an hour after today's values were due. */
function told(rows: readonly Observation[], of: Partial<Indicator> = {}, hours = 3) {
  const indicator = { ...cases, ...of };
  const board = new FigureBoard(indicator, layout, new Map([[source.code, source]]));
  board.apply(rows);
  const at = periodEnd('day', today) + hours * HOUR_MS;
  const cells = cellsOf(indicator, board.sheets, layout.size, today, at);
  const sums = rollTree(layout, 0, cells, { up: indicator.up });
  const states = ['1', '2', '3'].map((unit) => cells.part(layout.placeOf(unit) ?? -1).state);
  return { sums: sums.map(({ rolled }) => rolled), states };
}
const covered = ({ sums: [whole] }: ReturnType<typeof told>) => {
  const { expected, ...states } = whole?.coverage ?? { expected: 0 };
  const some = Object.entries(states).filter(([, count = 0]) => count > 0);
  return [whole?.value, expected, Object.fromEntries(some)];
};

test('FG126 FG11 a flow of which nobody has said anything is of no unit, though all are late with it', () => {
  const nothing = told([]);
  assert.deepEqual(covered(nothing), [null, 3, { none: 3 }]);
  assert.deepEqual(nothing.states, ['late', 'late', 'late']);
});

test('FG126 FG3 a sum of a flow is of those alone who have reported, before and after it was due', () => {
  for (const hours of [1, 3]) {
    const partly = told([said('1', 5), said('2', 0)], {}, hours);
    assert.deepEqual(covered(partly), [5, 3, { fresh: 2, none: 1 }]);
  }
});

test('FG126 FG11 what stands of before is late, and is in the sum', () => {
  const stands = told([said('1', 5, yesterday), said('2', 7)], { kind: 'stock' });
  assert.deepEqual(covered(stands), [12, 3, { fresh: 1, late: 1, none: 1 }]);
});

test('FG126 FG14 a held value leaves the last good one in the sum; the first of a unit is in none', () => {
  const held = (unit: string) => said(unit, 900, today, { revision: 2, held: true });
  const both = told([said('1', 5, yesterday), held('1'), held('2')], { kind: 'stock' });
  assert.deepEqual(covered(both), [5, 3, { held: 1, none: 2, withheld: 1 }]);
  assert.deepEqual(both.states.slice(0, 2), ['held', 'held']);
});

test('FG126 FG10 what was announced of a tier is as old as it is itself, not as what units below it have said', () => {
  const rows = [said('vn', 12_607, yesterday), said('01', 4_000), said('1', 9), said('2', 8, yesterday)];
  const agesOf = (of: readonly Observation[]) =>
    told(of, { up: 'none', kind: 'cumulative' }).sums.map(({ value, oldest }) => [value, oldest]);
  const [old, now] = [yesterday, today].map((period) => periodEnd('day', period));
  assert.deepEqual(agesOf(rows), [
    [12_607, old],
    [4_000, now],
    [null, null],
  ]);
});

test('FG126 FG11 a stale announcement is no value of a tier, whoever has spoken since', () => {
  const rows = [said('vn', 12_607, periodAfter('day', today, -8)), said('1', 8, periodAfter('day', today, -8))];
  const { sums, states } = told([...rows, said('01', 4_000)], { up: 'none', kind: 'cumulative' });
  assert.deepEqual(
    sums.map(({ value, oldest }) => [value, oldest]),
    [
      [null, null],
      [4_000, periodEnd('day', today)],
      [null, null],
    ],
  );
  assert.equal(states[0], 'stale');
});

test('FG126 what an owner announces of each tier is of no units, whether these have a value or not', () => {
  const bulletin = [said('vn', 12_607), said('01', 4_000)];
  for (const rows of [bulletin, [...bulletin, said('1', 9), said('2', 8), said('3', 7)]])
    for (const kind of ['flow', 'cumulative'] as const)
      assert.deepEqual(
        told(rows, { up: 'none', kind }).sums.map(({ value, coverage: { expected, none } }) => [value, expected, none]),
        [
          [12_607, 3, 3],
          [4_000, 2, 2],
          [null, 1, 1],
        ],
      );
});
