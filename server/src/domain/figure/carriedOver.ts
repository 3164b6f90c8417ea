import type { Indicator } from '../../protocol/figureDefinition.ts';
import { SHEETS_KEPT } from './limits.ts';
import { periodAfter } from './periods.ts';
import { periodsComing } from './shown/shownPeriod.ts';

/** FG11: so many periods back a value is still looked for: as long as it counts, and one more, to say that it is stale. */
export function carriedOver({ kind, every, staleSeconds, dueSeconds }: Indicator): number {
  if (kind === 'flow' || every === 'once') return 0;
  const length = periodAfter(every, 0);
  return Math.min(SHEETS_KEPT - 1, Math.ceil((Math.max(staleSeconds, dueSeconds) * 1000) / length) + 1);
}

/**
 * Periods that a board keeps: all that is looked at for each that may be shown (FG140), and for the one before these, with which
 * they are compared; at most `MOST_PERIODS_KEPT`. (FG212)
 */
export const periodsKept = (indicator: Indicator): number =>
  carriedOver(indicator) + periodsComing(indicator) + (indicator.every === 'once' ? 1 : 2);

/** FG11: whether what is said of one period may count in another, because it is that, or carried on to it. */
export const reaches = (indicator: Indicator, from: number, period: number): boolean =>
  period >= from && period <= periodAfter(indicator.every, from, carriedOver(indicator));
