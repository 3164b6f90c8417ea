import { atOnce, type Slices, sliced, sorted } from '../../../lib/slices.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import type { ActedValue } from '../act/revisions.ts';
import { FigureSheet, type SaidOfCell } from '../FigureSheet.ts';
import type { Observation } from '../facts.ts';

/** FG50: all that was said of one indicator in one period up to an N, and what was done to it. It knows no tree and no ranks. */
export interface KeptFrame {
  readonly indicator: string;
  readonly period: number;
  /** The last N at which anything was said or done. */
  readonly n: number;
  /** All of which anything was said, in the order of their codes. */
  readonly units: readonly UnitCode[];
  readonly words: KeptWords;
}

/** By the place of a unit. A column of which all are the same is that one. */
export interface KeptWords {
  readonly sources: readonly string[];
  /** Of the only word that counts: which of the sources said it, its revision, and its value. Revision 0: there is more. */
  readonly by: number | readonly number[];
  readonly revisions: number | readonly number[];
  readonly values: readonly (number | null)[];
  /** Of several sources, held, or contested. */
  readonly several: readonly (readonly [place: number, said: readonly SaidOfCell[]])[];
}

type Of = Pick<KeptFrame, 'indicator' | 'period'>;

/** @param rows all of the period, in the order in which they were recorded; `acts` likewise, on these */
export const keptFrame = (...of: Parameters<typeof keepingFrame>): KeptFrame => atOnce(keepingFrame(...of));

/** The same of a country, whose rows take a while. */
export function* keepingFrame(
  { indicator, period }: Of,
  rows: readonly Observation[],
  acts: readonly ActedValue[],
): Slices<KeptFrame> {
  const named = new Set<UnitCode>();
  yield* sliced(rows, ({ unit }) => named.add(unit));
  const units = yield* sorted([...named], byCode);
  const places = new Map<UnitCode, number>();
  yield* sliced(units, (unit) => places.set(unit, places.size));
  const sheet = new FigureSheet(units.length);
  let n = 0;
  yield* sliced(rows, ({ unit, source, revision, value, held, batch }) => {
    n = Math.max(n, batch);
    // What counts follows from ranks, and is found anew by whoever reads it.
    sheet.apply(places.get(unit) ?? 0, { source, rank: 0, revision, value, held });
  });
  for (const act of acts) {
    const place = places.get(act.unit);
    n = Math.max(n, act.n);
    if (place !== undefined) sheet.act(place, act);
  }
  return { indicator, period, n, units, words: yield* wordsOf(sheet, units.length) };
}

/** As `sort` has it. */
const byCode = (a: UnitCode, b: UnitCode): number => (a < b ? -1 : a > b ? 1 : 0);

function* wordsOf(sheet: FigureSheet, size: number): Slices<KeptWords> {
  const sources = new Map<string, number>();
  const columns: { by: number[]; revisions: number[]; values: (number | null)[] } = {
    ...{ by: [], revisions: [], values: [] },
  };
  const several: [number, readonly SaidOfCell[]][] = [];
  for (let place = 0; place < size; place += 1) {
    if (place % 1_000 === 0) yield;
    const said = sheet.said(place).map(({ source, revisions }) => ({ source, revisions }));
    const [one, ...others] = said;
    const [word, ...later] = one?.revisions ?? [];
    const isAll = others.length + later.length === 0 && word?.standing === 'good' && !word.contested;
    const source = one?.source ?? '';
    if (!isAll) several.push([place, said]);
    else if (!sources.has(source)) sources.set(source, sources.size);
    columns.by.push(isAll ? (sources.get(source) ?? 0) : 0);
    columns.revisions.push(isAll ? word.revision : 0);
    columns.values.push(isAll ? word.value : null);
  }
  const { by, revisions, values } = columns;
  return { sources: [...sources.keys()], by: packed(by), revisions: packed(revisions), values, several };
}

const packed = (column: readonly number[]): number | readonly number[] => {
  const [first = 0] = column;
  return column.every((each) => each === first) ? first : column;
};

/**
 * Onto a sheet of which nothing was said. @param cells by the place of a unit in the frame, where it lies on the sheet; below
 * zero: nowhere
 */
export function restoreFrame(
  sheet: FigureSheet,
  cells: Int32Array,
  { words: { sources, by, revisions, values, several } }: KeptFrame,
  rankOf: (source: string) => number,
): void {
  const ranked = sources.map((source) => ({ source, rank: rankOf(source) }));
  const at = (column: number | readonly number[], i: number): number =>
    typeof column === 'number' ? column : (column[i] ?? 0);
  for (const [i, place] of cells.entries()) {
    const [revision, of] = [at(revisions, i), ranked[at(by, i)]];
    if (place >= 0 && revision > 0 && of)
      sheet.apply(place, { ...of, revision, value: values[i] ?? null, held: false });
  }
  for (const [i, said] of several) {
    const place = cells[i] ?? -1;
    const words = said.map((each) => ({ ...each, rank: rankOf(each.source) }));
    if (place >= 0) sheet.restore(place, words);
  }
}
