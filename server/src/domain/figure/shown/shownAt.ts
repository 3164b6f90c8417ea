import { type Indicator, minCoverageOf } from '../../../protocol/figureDefinition.ts';
import type { FigureCells } from '../Cells.ts';
import { periodsKept } from '../carriedOver.ts';
import type { FigureLayout } from '../FigureLayout.ts';
import { isPastDue } from '../form/openPeriods.ts';
import { partsOf } from '../partsOf.ts';
import { periodAfter, periodOf } from '../periods.ts';
import type { FigureReader } from '../ports.ts';
import { rollTree, upOf } from '../rollTree.ts';
import {
  isCovered,
  type PeriodCoverage,
  periodCoverage,
  periodsComing,
  type ShownPeriod,
  shownPeriod,
} from './shownPeriod.ts';

interface Ground {
  readonly store: Pick<FigureReader, 'periods'>;
  readonly layout: FigureLayout;
  readonly indicators: ReadonlyMap<string, Indicator>;
  /** What is taken of the units of a period, as they were known then. */
  readonly look: <T>(period: number, take: (cells: FigureCells) => T) => Promise<T>;
}

interface Asked {
  readonly indicator: Indicator;
  readonly root: number;
  readonly n: number;
  /** Moment by which periods are due. */
  readonly at: number;
}

/** FG140: what was shown of an indicator in a territory, as known at an N. Nothing is read where the newest period was due then. */
export async function shownAt(
  { indicator, root, n, at }: Asked,
  { store, layout, indicators, look }: Ground,
): Promise<ShownPeriod | undefined> {
  const read = await store.periods(partsOf(indicator)[0] ?? '', periodsComing(indicator) + 1, n);
  const all = read.map((period) => periodOf(indicator.every, period));
  const oldest = periodAfter(indicator.every, all[0] ?? 0, 1 - periodsKept(indicator));
  const periods = all.filter((period) => !(period < oldest));
  const up = upOf(indicator, indicators);
  const coverages = new Map<number, PeriodCoverage>();
  for (const period of minCoverageOf(indicator) === 0 ? [] : periods) {
    const isDue = isPastDue(indicator, period, at);
    if (isDue && coverages.size === 0) break;
    const [own] = await look(period, (cells) => rollTree(layout, root, cells, up));
    const coverage = own ? periodCoverage(indicator, own.rolled) : { counted: 0, expected: 0 };
    coverages.set(period, coverage);
    if (isDue || isCovered(indicator, coverage)) break;
  }
  return shownPeriod(indicator, periods, (period) => coverages.get(period) ?? { counted: 0, expected: 0 }, at);
}
