import type { FigureState } from '../../protocol/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { carriedOver } from './carriedOver.ts';
import { CONTESTED, type FigureSheet, HELD, NONE, VALUE } from './FigureSheet.ts';
import { freshnessOf, missingIn } from './freshness.ts';
import { periodAfter, periodEnd } from './periods.ts';
import { ratioOf, type UnitPart } from './rollUp.ts';

/** How each unit stands in one period, looked at from one moment. */
export interface FigureCells {
  readonly size: number;
  part(place: number): UnitPart;
  /** Start of the newest of these periods of which the unit has said anything. */
  saidFrom(place: number): number | undefined;
}

type Sheets = ReadonlyMap<number, FigureSheet>;
const MISSING: Readonly<Record<'none' | 'late' | 'held', UnitPart>> = {
  none: { state: 'none', value: null, end: null },
  late: { state: 'late', value: null, end: null },
  held: { state: 'held', value: null, end: null },
};

/** FG3, FG11, FG12: of an indicator that is sent in. @param now by which it is looked at */
export function cellsOf(indicator: Indicator, sheets: Sheets, size: number, period: number, now: number): FigureCells {
  const stands = indicator.kind !== 'flow';
  // The newest first: what stands is carried on until it is stale.
  const from = stands ? periodAfter(indicator.every, period, -carriedOver(indicator)) : period;
  const looked = [...sheets]
    .filter(([at]) => at <= period && at >= from)
    .toSorted(([a], [b]) => b - a)
    .map(([at, sheet]) => ({ at, sheet, state: freshnessOf(indicator, at, now), end: periodEnd(indicator.every, at) }));
  const missing = stands ? 'none' : missingIn(indicator, period, now);
  return {
    size,
    part: (place) => {
      let held = false;
      for (const { sheet, state, end } of looked) {
        const mark = sheet.marks[place] ?? 0;
        held ||= (mark & HELD) !== 0;
        if (mark & NONE) return held ? MISSING.held : MISSING.none;
        if (!(mark & VALUE)) continue;
        const marked = held ? 'held' : mark & CONTESTED ? 'contested' : state;
        return { state: state === 'stale' ? state : marked, value: sheet.values[place] ?? 0, end };
      }
      return MISSING[held ? 'held' : missing];
    },
    saidFrom: (place) => looked.find(({ sheet }) => sheet.marks[place])?.at,
  };
}

const NOT_REPORTING: UnitPart = { ...MISSING.none, reports: false };

/** FG90 @param mask by place, 1 for those that report; undefined: all do */
export const reportersOnly = (cells: FigureCells, mask: Uint8Array | undefined): FigureCells =>
  mask ? { ...cells, part: (place) => (mask[place] ? cells.part(place) : NOT_REPORTING) } : cells;

const WORSE: readonly FigureState[] = ['fresh', 'late', 'contested', 'held', 'stale', 'none'];
export const worse = (a: FigureState, b: FigureState): FigureState => (WORSE.indexOf(a) > WORSE.indexOf(b) ? a : b);

/** FG9: of one that is computed from two others: a ratio, or a mean with a weight. */
export function computedCells(
  up: 'ratio' | 'weighted',
  [one, by]: readonly [FigureCells, FigureCells],
  shift: number,
): FigureCells {
  return {
    size: one.size,
    saidFrom: (place) => one.saidFrom(place),
    part: (place) => {
      const [a, b] = [one.part(place), by.part(place)];
      const weighs = b.value !== null && b.value >= 0 && b.state !== 'stale' ? b.value : undefined;
      const weight = (there: boolean) => weighs !== undefined && { weight: { of: weighs, there: there ? weighs : 0 } };
      if (a.value === null) return { ...a, ...weight(false) };
      if (b.value === null || b.state === 'stale') return { ...MISSING.none, state: worse(b.state, 'stale') };
      const value = up === 'weighted' ? a.value : ratioOf(BigInt(a.value), BigInt(b.value), shift);
      if (value === null) return { ...MISSING.none, ...weight(false) };
      const state = up === 'weighted' ? a.state : worse(a.state, b.state);
      const end = Math.min(
        a.end ?? Number.POSITIVE_INFINITY,
        up === 'weighted' ? Number.POSITIVE_INFINITY : (b.end ?? Number.POSITIVE_INFINITY),
      );
      return { state, value, end, over: { value: a.value, by: b.value }, ...weight(state !== 'stale') };
    },
  };
}
