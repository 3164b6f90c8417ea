import { type Indicator, minCoverageOf } from '../../../protocol/figureDefinition.ts';
import { isPastDue } from '../form/openPeriods.ts';
import { SHEETS_KEPT } from '../limits.ts';
import { periodAfter } from '../periods.ts';
import type { RolledUp } from '../rollUp.ts';

/** How many of the expected units of a territory have a value in a period. */
export interface PeriodCoverage {
  readonly counted: number;
  readonly expected: number;
}

/** A period with less than its whole coverage that is told beside the one that is shown. */
export interface ComingPeriod extends PeriodCoverage {
  readonly period: number;
}

export interface ShownPeriod {
  readonly period: number;
  readonly coming?: ComingPeriod;
}

/** FG140: number of the newest periods that may have values and not be due yet, at most. */
export function periodsComing(indicator: Indicator): number {
  const { every, dueSeconds } = indicator;
  if (every === 'once' || minCoverageOf(indicator) === 0) return 0;
  return Math.min(SHEETS_KEPT, Math.ceil((dueSeconds * 1000) / periodAfter(every, 0)) + 1);
}

/** FG126, FG140: of what is summed up the units with a value; of what is announced, whether the territory has its own. */
export function periodCoverage({ up }: Pick<Indicator, 'up'>, { value, coverage }: RolledUp): PeriodCoverage {
  if (up === 'none') return { counted: value === null ? 0 : 1, expected: 1 };
  const { expected, fresh, late, held, contested } = coverage;
  return { counted: fresh + late + held + contested, expected };
}

/** FG140 */
export const isCovered = (indicator: Pick<Indicator, 'code' | 'minCoverage'>, { counted, expected }: PeriodCoverage) =>
  counted >= minCoverageOf(indicator) * expected;

/**
 * FG140, FG141: the period of a figure that is shown in a territory: the newest that is due or covered, else the oldest; or the
 * newest of all, if no fewer units have a value in it. Pure.
 * @param periods of which anything was said, the newest first
 * @param coverageOf is asked of the newest periods, up to the first that is due
 * @returns undefined: nothing was said
 */
export function shownPeriod(
  indicator: Indicator,
  periods: readonly number[],
  coverageOf: (period: number) => PeriodCoverage,
  now: number,
): ShownPeriod | undefined {
  const [newest] = periods;
  if (newest === undefined) return undefined;
  if (minCoverageOf(indicator) === 0 || isPastDue(indicator, newest, now)) return { period: newest };
  const first = coverageOf(newest);
  if (isCovered(indicator, first)) return { period: newest };
  const isReady = (period: number): boolean =>
    isPastDue(indicator, period, now) || isCovered(indicator, coverageOf(period));
  const before = periods.slice(1).find(isReady) ?? periods.at(-1) ?? newest;
  const isNoLess = before === newest || first.counted >= coverageOf(before).counted;
  return { period: isNoLess ? newest : before, coming: { period: newest, ...first } };
}
