import { FIGURES_FROM } from '../../../protocol/figure.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { FIGURES_AHEAD_MS } from '../limits.ts';
import { periodAfter, periodEnd, periodOf } from '../periods.ts';

type Timed = Pick<Indicator, 'kind' | 'every' | 'dueSeconds' | 'staleSeconds'>;

/** FG72: until when a value of a period is wanted; null: whenever it comes. */
export const dueOf = ({ every, dueSeconds }: Timed, period: number): number | null =>
  every === 'once' ? null : periodEnd(every, period) + dueSeconds * 1000;

/** FG18: what comes once is a correction from its second word on. */
export function isPastDue(indicator: Timed, period: number, now: number): boolean {
  const due = dueOf(indicator, period);
  return due === null || now >= due;
}

/** FG72: whether a unit may still say something of a period: from its beginning until a value of it would be stale. */
export function takesValues(indicator: Timed, period: number, now: number): boolean {
  const { every, dueSeconds, staleSeconds } = indicator;
  if (period > now + FIGURES_AHEAD_MS) return false;
  return every === 'once' || now < periodEnd(every, period) + Math.max(dueSeconds, staleSeconds) * 1000;
}

/**
 * FG72: the periods that a unit is asked for, the older first: the one that ended last, and the one that goes on, where its
 * value is not only known at its end.
 */
export function periodsAsked(indicator: Timed, now: number): number[] {
  const { kind, every } = indicator;
  const current = periodOf(every, now);
  if (every === 'once') return [current];
  const asked = [periodAfter(every, current, -1), ...(kind === 'flow' ? [] : [current])];
  return asked.filter((period) => period >= FIGURES_FROM && takesValues(indicator, period, now));
}
