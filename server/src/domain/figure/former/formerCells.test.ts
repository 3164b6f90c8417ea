import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../../../../test/support/randomOf.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import { cellsOf, computedCells, type FigureCells } from '../Cells.ts';
import { FigureBoard } from '../FigureBoard.ts';
import { FigureLayout } from '../FigureLayout.ts';
import type { Observation } from '../facts.ts';
import { periodOf } from '../periods.ts';
import { rollTree } from '../rollTree.ts';
import { formerCells } from './formerCells.ts';
import { formerShares, type Succession, shareOf } from './formerUnits.ts';

const DAY_MS = 86_400_000;
const CLOSED = periodOf('day', Date.parse('2026-07-01T03:00:00Z'));
const before = CLOSED - DAY_MS;
const two = (text: string) => ({ vi: text, en: text });
const beds: Indicator = {
  ...{ code: 'beds', name: two('Giường'), unit: two('giường'), scale: 0, kind: 'stock', every: 'day', up: 'sum' },
  ...{ dueSeconds: 7_200, staleSeconds: 2 * 86_400, mayStage: true, simulated: false, version: 1 },
};
const source: FigureSource = { code: 's', name: 'S', rank: 1, root: 'vn', indicators: ['beds'], simulated: false };
const sources = new Map([source, { ...source, code: 't', rank: 2 }].map((each) => [each.code, each]));
const UPS = ['sum', 'max', 'min', 'ratio', 'weighted'] as const;

const said = (unit: string, period: number, value: number | null, more: Partial<Observation> = {}): Observation => ({
  ...{ indicator: 'beds', unit, period, value, source: 's', revision: 1, batch: 1, seen: null, held: false },
  ...{ status: value === null ? 'O' : 'A', ...more },
});

type Rows = readonly [one: readonly Observation[], by: readonly Observation[]];

function cellsIn(layout: FigureLayout, up: Indicator['up'], rows: Rows, period: number, at: number): FigureCells {
  const [one, by] = rows.map((each) => {
    const board = new FigureBoard(beds, layout, sources);
    board.apply(each);
    return cellsOf(beds, board.sheets, layout.size, period, at);
  }) as [FigureCells, FigureCells];
  const cells = up === 'ratio' || up === 'weighted' ? computedCells(up, [one, by], 0) : one;
  return formerCells(cells, { layout, up, period, shift: 0 });
}

const wholeOf = (layout: FigureLayout, up: Indicator['up'], rows: Rows, period = before) => {
  const at = period + DAY_MS + 7_200_000;
  const [whole] = rollTree(layout, 0, cellsIn(layout, up, rows, period, at), { up });
  const { closed: _, ...rolled } = whole?.rolled ?? { value: null };
  return rolled;
};
const laid = (paths: readonly string[]) => paths.map((path) => ({ code: path.split('.').at(-1) ?? '', path }));

/** A country, what its communes said before a reform, and who took whose place. */
function reform(seed: number) {
  const random = randomOf(seed);
  const pick = (most: number) => Math.floor(random() * most);
  const old = Array.from({ length: 3 + pick(20) }, (_, i) => ({ code: `c${i}`, province: `p${pick(3)}` }));
  const successions: Succession[] = [];
  const now = new Map<string, string>();
  const closing = old.map(() => random() < 0.6);
  for (const [i, { code, province }] of old.entries()) if (!closing[i]) now.set(code, province);
  const added = Array.from({ length: 1 + pick(4) }, (_, i) => `n${i}`);
  for (const code of added) now.set(code, `p${pick(3)}`);
  const heirs = [...now.keys()];
  for (const [i, { code }] of old.entries()) {
    if (!closing[i]) continue;
    const mine = new Set(Array.from({ length: 1 + pick(3) }, () => heirs[pick(heirs.length)] ?? 'n0'));
    for (const successor of mine) {
      const began = added.includes(successor) ? CLOSED : CLOSED - 1_000 * DAY_MS;
      successions.push({ unit: code, successor, share: 1 + pick(9), closed: CLOSED, began });
    }
  }
  for (const code of added) if (!successions.some(({ successor }) => successor === code)) now.delete(code);
  const rows = [0, 1].map(() =>
    old.flatMap(({ code }): Observation[] => {
      const value = random() < 0.1 ? null : pick(2_000) - 500;
      const period = before - pick(5) * DAY_MS * (random() < 0.3 ? 1 : 0);
      const kind = random();
      if (kind < 0.1) return [];
      if (kind < 0.2) return [said(code, period, value), said(code, period, pick(9), { revision: 2, held: true })];
      return kind < 0.3
        ? [said(code, period, value), said(code, period, pick(99), { source: 't' })]
        : [said(code, period, value)];
    }),
  ) as unknown as Rows;
  const tree = (units: readonly (readonly [string, string])[]) =>
    laid(['vn', ...units.map(([, p]) => `vn.${p}`), ...units.map(([c, p]) => `vn.${p}.${c}`)].filter(isFirst).sort());
  return {
    former: new FigureLayout(tree(old.map(({ code, province }) => [code, province]))),
    today: new FigureLayout(tree([...now]), successions),
    rows,
  };
}
const isFirst = (path: string, i: number, all: readonly string[]): boolean => all.indexOf(path) === i;

test('FG61 whoever takes the place of closed units, sums of the country and its coverage stay what they were', () => {
  let merged = 0;
  for (let seed = 0; seed < 400; seed += 1) {
    const { former, today, rows } = reform(seed);
    merged += today.formers.size;
    for (const up of UPS)
      assert.deepEqual(wholeOf(today, up, rows), wholeOf(former, up, rows), `${up} of world ${seed}`);
  }
  assert.ok(merged > 500);
});

test('FG61 shares of a value are the value, also through units that were closed in turn', () => {
  const began = CLOSED;
  const successions = [
    { unit: 'a', successor: 'b', share: 1, closed: CLOSED, began },
    { unit: 'a', successor: 'c', share: 2, closed: CLOSED, began },
    { unit: 'b', successor: 'd', share: 1, closed: CLOSED + DAY_MS, began },
    { unit: 'b', successor: 'e', share: 1, closed: CLOSED + DAY_MS, began },
  ];
  const shares = formerShares(successions, (code) => 'cde'.includes(code)).filter(({ unit }) => unit === 'a');
  const of = (value: number) => Object.fromEntries(shares.map((each) => [each.successor, shareOf(value, each)]));
  assert.deepEqual(of(600), { c: 400, d: 100, e: 100 });
  for (const value of [-7, 1, 2, 101])
    assert.equal(
      Object.values(of(value)).reduce((a, b) => a + b),
      value,
    );
  assert.deepEqual(
    shares.filter(({ counts }) => counts).map(({ successor }) => successor),
    ['c'],
  );
});

test('FG61 what a closed unit said stands until whoever took its place says something of a day since, and is marked', () => {
  const closed = ['a', 'b'].map((unit) => ({ unit, successor: 'n', share: 1, closed: CLOSED, began: CLOSED }));
  const layout = new FigureLayout(laid(['vn', 'vn.n']), closed);
  const at = CLOSED + DAY_MS;
  const partOf = (rows: readonly Observation[], period: number) =>
    cellsIn(layout, 'sum', [rows, []], period, at).part(1);
  const rows = [said('a', before, 5), said('b', before, 7)];
  const { value, closed: count, counted } = partOf(rows, CLOSED);
  assert.deepEqual([value, count, counted], [12, 2, undefined]);
  assert.deepEqual(partOf(rows, before).counted, ['fresh', 'fresh']);
  assert.equal(partOf([...rows, said('n', CLOSED, 3)], CLOSED).value, 3);
  assert.equal(partOf([...rows, said('n', CLOSED, 3)], CLOSED).closed, undefined);
  const ended = partOf([...rows, said('n', CLOSED, null)], CLOSED);
  assert.deepEqual([ended.value, ended.state], [null, 'none'], 'there is none: nothing of before stands');
});

test('FG61 where one of several said nothing, what is there is no more than late', () => {
  const closed = ['a', 'b'].map((unit) => ({ unit, successor: 'n', share: 1, closed: CLOSED, began: CLOSED }));
  const layout = new FigureLayout(laid(['vn', 'vn.n']), closed);
  const part = cellsIn(layout, 'sum', [[said('a', before, 5)], []], before, CLOSED).part(1);
  assert.deepEqual([part.value, part.state, part.counted], [5, 'late', ['fresh', 'none']]);
});
