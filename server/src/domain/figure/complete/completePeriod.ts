import { type Indicator, minCoverageOf } from '../../../protocol/figureDefinition.ts';
import type { FigureCells } from '../Cells.ts';
import type { FigureLayout } from '../FigureLayout.ts';
import { isPastDue } from '../form/openPeriods.ts';

/** How many of the expected units of a territory have said a value of a period itself. */
export interface SaidInPeriod {
  readonly said: number;
  readonly expected: number;
}

interface Asked {
  readonly indicator: Pick<Indicator, 'up'>;
  /** Start of the period as the part that says it has it, ms. */
  readonly period: number;
  readonly root: number;
}

/** Counts units that reported this period itself: a value carried over, held, stale or ended does not count. Pure. [WH15] */
export function saidIn({ indicator, period, root }: Asked, cells: FigureCells, layout: FigureLayout): SaidInPeriod {
  const isSaid = (place: number): boolean => {
    const { value, state } = cells.part(place);
    return value !== null && state !== 'stale' && state !== 'held' && cells.saidFrom(place) === period;
  };
  if (indicator.up === 'none') return { said: Number(isSaid(root)), expected: 1 };
  let [said, expected] = [0, 0];
  for (let place = root; place < (layout.ends[root] ?? 0); place += 1) {
    if (!layout.isLeaf(place)) continue;
    const { reports, counted } = cells.part(place);
    if (reports === false) continue;
    expected += counted?.length ?? 1;
    // Of a day before it was merged, closed units have said it.
    said += counted?.filter((state) => state !== 'none' && state !== 'stale').length ?? Number(isSaid(place));
  }
  return { said, expected };
}

/** Why a period is complete; undefined when it is not. Pure. @param now time of PostgreSQL's clock, ms [WH15] */
export function completeBy(
  indicator: Indicator,
  period: number,
  { said, expected }: SaidInPeriod,
  now: number,
): 'covered' | 'due' | undefined {
  if (said === 0) return undefined;
  const least = minCoverageOf(indicator);
  if (least > 0 && said >= least * expected) return 'covered';
  return indicator.every !== 'once' && isPastDue(indicator, period, now) ? 'due' : undefined;
}
