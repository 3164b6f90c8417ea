import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeBeds } from '../../../../test/support/official/figure.ts';
import type { FigureSelection, SelectedUnit, SelectionRule } from '../../../protocol/figureSelection.ts';
import { toCsv } from '../../report/csv.ts';
import { FigureLayout } from '../FigureLayout.ts';
import type { UnitPart } from '../rollUp.ts';
import { chooseUnits, worstFirst } from './chooseUnits.ts';
import { directedTable, selectionTable } from './selectionTable.ts';

const parts: Readonly<Record<string, UnitPart>> = {
  a: { value: 90, state: 'fresh', end: 1_000 },
  b: { value: 95, state: 'stale', end: 500 },
  c: { value: 97, state: 'held', end: 1_000 },
  d: { value: null, state: 'none', end: null },
  e: { value: 10, state: 'contested', end: 1_000 },
  f: { value: 91, state: 'late', end: 700 },
  g: { value: null, state: 'late', end: null },
};
const layout = new FigureLayout([
  { code: 'vn', path: 'vn' },
  ...Object.keys(parts).map((code) => ({ code, path: `vn.${code}` })),
]);
const cells = {
  size: layout.size,
  part: (place: number): UnitPart =>
    parts[layout.units[place]?.code ?? ''] ?? { value: null, state: 'none', end: null },
};
const chosenBy = (rule: SelectionRule, except: readonly string[] = []): SelectedUnit[] =>
  chooseUnits(cells, { layout, root: 0, rule, except: new Set(except), nameOf: (code) => code });
const codes = (units: readonly SelectedUnit[]): string => units.map(({ unit }) => unit).join('');

test('FG55 by its amount a value chooses that is there and not stale; by state whoever stands so', () => {
  assert.equal(codes(chosenBy({ is: 'at-least', value: 90 })), 'acf');
  assert.equal(codes(chosenBy({ is: 'at-most', value: 90 })), 'ae');
  assert.equal(codes(chosenBy({ is: 'stale' })), 'b');
  assert.equal(codes(chosenBy({ is: 'held' })), 'c');
  assert.equal(codes(chosenBy({ is: 'none' })), 'd');
  assert.equal(codes(chosenBy({ is: 'contested' })), 'e');
  assert.equal(codes(chosenBy({ is: 'late' })), 'fg');
  assert.equal(codes(chosenBy({ is: 'at-least', value: 90 }, ['vn.a', 'vn.f.x'])), 'cf');
  assert.equal(codes(chosenBy({ is: 'at-least', value: 90 }, ['vn'])), '');
});

test('FG56 the worst stand first: by amount the worse end, by state whoever was silent for longest', () => {
  const most = { is: 'at-least', value: 0 } as const;
  const sorted = (rule: SelectionRule, worse?: 'up' | 'down') => {
    const cuts = worse && { at: [], words: [], worse };
    return codes(worstFirst(chosenBy(rule), { rule, indicator: cuts ? { cuts } : {} }));
  };
  assert.equal(sorted(most), 'cfae');
  assert.equal(sorted(most, 'down'), 'eafc');
  assert.equal(sorted({ is: 'at-most', value: 95 }), 'eaf');
  assert.equal(sorted({ is: 'late' }), 'gf');
});

test('FG59 each line of the list has the figure, its measure, its period and N', async () => {
  const selection = {
    ...{ indicator: { ...freeBeds, scale: 1, version: 1 }, period: '2026-11-25T17:00:00.000Z', n: 7 },
    ...{ rule: { is: 'late' }, units: 2 },
  } as unknown as FigureSelection;
  const csv: Buffer[] = [];
  const table = selectionTable(selection, chosenBy({ is: 'late' }), { language: 'vi', nameOf: (code) => code });
  for await (const piece of toCsv(table)) csv.push(piece);
  const [, ...lines] = Buffer.concat(csv).toString().trimEnd().split('\r\n');
  assert.deepEqual(lines, [
    '1,f,f,,Giường trống,9.1,giường,chậm,1970-01-01 07:00:00,2026-11-26 00:00:00,7',
    '2,g,g,,Giường trống,,giường,chậm,,2026-11-26 00:00:00,7',
  ]);
});

test('FG169 the list of a directive names an indicator for few, its values and their order to nobody', async () => {
  const indicator = { ...freeBeds, scale: 1, version: 1 };
  const units = chosenBy({ is: 'at-least', value: 90 }).toReversed();
  const listOf = async (more: object) => {
    const selection = { indicator: { ...indicator, ...more }, period: '2026-11-25T17:00:00.000Z', n: 7, rule: {} };
    const by = { language: 'vi', nameOf: (code: string) => code } as const;
    const { name, table } = directedTable(selection as unknown as FigureSelection, units, by);
    const csv: Buffer[] = [];
    for await (const piece of toCsv(table)) csv.push(piece);
    return { name, lines: Buffer.concat(csv).toString().trimEnd().split('\r\n').slice(1) };
  };
  assert.deepEqual(await listOf({ seenBy: 2 }), { name: 'don-vi-duoc-chon', lines: ['1,a,a,', '2,c,c,', '3,f,f,'] });
  const open = await listOf({});
  assert.equal(open.name, 'don-vi-duoc-chon-beds-free-7');
  assert.match(open.lines[0] ?? '', /^1,f,f,,Giường trống,9\.1,/);
});

test('FG33 FG59 in a list of a simulated figure every line says so, in both languages, and no name of a unit is a formula', async () => {
  const selection = {
    ...{ indicator: { ...freeBeds, simulated: true, version: 1 }, period: '2026-11-25T17:00:00.000Z', n: 7 },
    ...{ rule: { is: 'late' }, units: 2 },
  } as unknown as FigureSelection;
  const units = chosenBy({ is: 'late' }).map((unit) => ({ ...unit, name: '=1+1' }));
  for (const [language, mark] of [
    ['vi', 'SỐ LIỆU MÔ PHỎNG'],
    ['en', 'SIMULATED FIGURES'],
  ] as const) {
    const csv: Buffer[] = [];
    for await (const piece of toCsv(selectionTable(selection, units, { language, nameOf: (code) => code })))
      csv.push(piece);
    const [, ...lines] = Buffer.concat(csv).toString().trimEnd().split('\r\n');
    assert.equal(lines.length, 2);
    for (const line of lines) {
      assert.ok(line.endsWith(`,${mark}`), line);
      assert.ok(line.includes(",'=1+1,"), line);
    }
  }
});

test('FG55 a country is chosen in one walk', (t) => {
  const units = Array.from({ length: 10_051 }, (_, i) => ({ code: `u${i}`, path: `vn.p${i % 63}.u${i}` }));
  const inOrder = units.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const country = new FigureLayout([
    { code: 'vn', path: 'vn' },
    ...[...Map.groupBy(inOrder, ({ path }) => path.split('.')[1] ?? '')].flatMap(([code, below]) => [
      { code, path: `vn.${code}` },
      ...below,
    ]),
  ]);
  let asked = 0;
  const all = {
    size: country.size,
    part: (place: number): UnitPart => {
      asked += 1;
      return { value: place % 100, state: 'fresh', end: 0 };
    },
  };
  const choosing = { layout: country, root: 0, except: new Set<string>(), nameOf: (code: string) => code };
  const took: number[] = [];
  for (let i = 0; i < 40; i += 1) {
    asked = 0;
    const from = performance.now();
    const chosen = chooseUnits(all, { ...choosing, rule: { is: 'at-least', value: 90 } });
    took.push(performance.now() - from);
    assert.ok(chosen.length > 900 && asked === 10_051);
  }
  took.sort((a, b) => a - b);
  t.diagnostic(`10,051 units: median ${took[20]?.toFixed(2)} ms, p95 ${took[38]?.toFixed(2)} ms`);
});
