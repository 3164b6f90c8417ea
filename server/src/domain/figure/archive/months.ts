import { refuse } from '../../../protocol/errors.ts';
import type { Every } from '../../../protocol/figureDefinition.ts';
import { MOST_MONTHS, ROWS_KEPT } from '../limits.ts';
import { periodAfter, periodOf } from '../periods.ts';

/** FG36: what leaves together: what comes hourly or more often, daily, or more rarely. */
export const grains = ['hour', 'day', 'rest'] as const;
export type Grain = (typeof grains)[number];

/** A month of one grain, of which the rows are in the table, or packed. */
export interface GrainMonth {
  /** By the clock in Viet Nam: 2026-03. */
  readonly month: string;
  readonly grain: Grain;
}

const GRAINS: Readonly<Record<Every, Grain | undefined>> = {
  '5min': 'hour',
  hour: 'hour',
  day: 'day',
  week: 'rest',
  month: 'rest',
  // Of what comes once the only period is the newest for ever.
  once: undefined,
};
const AHEAD_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** @returns undefined: it never leaves */
export const grainOf = (every: Every): Grain | undefined => GRAINS[every];

/** The month in which a period begins, by the clock in Viet Nam. */
export const monthOf = (period: number): string => new Date(period + AHEAD_MS).toISOString().slice(0, 7);

/** First moment of a month, and of the next, milliseconds since 1970. */
export function spanOf(month: string): { readonly from: number; readonly to: number } {
  const from = periodOf('month', Date.parse(`${month}-15T00:00:00Z`));
  return { from, to: periodAfter('month', from) };
}

/** FG36: when the last of its periods has been kept as rows for long enough. */
export function leavesAt({ month, grain }: GrainMonth): number {
  const { to } = spanOf(month);
  const kept = ROWS_KEPT[grain];
  return 'days' in kept ? to + kept.days * DAY_MS : periodAfter('month', to, kept.months);
}

export const keyOf = ({ month, grain }: GrainMonth): string => `${month} ${grain}`;

/** FG36: of each period, whether its rows have left; thousands of rows name the same. */
export function archivedIn(archived: ReadonlySet<string>): (every: Every, period: number) => boolean {
  if (archived.size === 0) return () => false;
  const known = new Map<string, boolean>();
  return (every, period) => {
    const grain = grainOf(every);
    if (grain === undefined) return false;
    const cell = `${grain} ${period}`;
    const is = known.get(cell) ?? archived.has(keyOf({ month: monthOf(period), grain }));
    known.set(cell, is);
    return is;
  };
}

/** FG53. @returns the months of these periods @throws DomainError `too-large` */
export function monthsIn(rows: Iterable<{ readonly period: number }>): ReadonlySet<string> {
  const months = new Set<string>();
  let last: number | undefined;
  for (const { period } of rows) {
    if (period !== last) months.add(monthOf(period));
    last = period;
    if (months.size > MOST_MONTHS)
      throw refuse('too-large', {
        vi: `Mỗi lô nói về tối đa ${MOST_MONTHS} tháng: hãy gửi riêng các tháng trước`,
        en: `a batch speaks of at most ${MOST_MONTHS} months: send those of before by themselves`,
      });
  }
  return months;
}
