import type { Indicator } from '../../protocol/figureDefinition.ts';
import { periodAfter, periodEnd } from './periods.ts';

type Timed = Pick<Indicator, 'kind' | 'every' | 'dueSeconds' | 'staleSeconds'>;

/**
 * FG11: how a value stands that is the newest of its unit. It is fresh until the one of the next period is due, then late,
 * then stale. @param period of the value @param now PostgreSQL's clock; both milliseconds since 1970
 */
export function freshnessOf(indicator: Timed, period: number, now: number): 'fresh' | 'late' | 'stale' {
  const { every, dueSeconds, staleSeconds } = indicator;
  const next = periodEnd(every, periodAfter(every, period));
  if (now >= next + Math.max(dueSeconds, staleSeconds) * 1000) return 'stale';
  return now >= next + dueSeconds * 1000 ? 'late' : 'fresh';
}

/**
 * FG3, FG11: how a unit stands in a period for which it has said nothing: not yet due, late, or missing for good.
 * What comes once is not late.
 */
export function missingIn(indicator: Timed, period: number, now: number): 'none' | 'late' {
  const { every, dueSeconds, staleSeconds } = indicator;
  if (every === 'once') return 'none';
  const end = periodEnd(every, period);
  return now >= end + dueSeconds * 1000 && now < end + Math.max(dueSeconds, staleSeconds) * 1000 ? 'late' : 'none';
}

/**
 * The moment by which a past period is looked at: when the last of it was due, so that the map of last week is not stale
 * today. @param present whether nothing is known of a later one that is due
 */
export const lookedAt = ({ every, dueSeconds }: Timed, period: number, present: boolean, now: number): number =>
  present ? now : Math.min(now, periodEnd(every, period) + dueSeconds * 1000);
