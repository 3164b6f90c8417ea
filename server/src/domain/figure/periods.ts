import { FIGURES_FROM, FIGURES_UNTIL } from '../../protocol/figure.ts';
import type { Every } from '../../protocol/figureDefinition.ts';

/** Viet Nam has no summer time, so its days, and with them its weeks, are of one length. */
const AHEAD_MS = 7 * 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** 1970 began on a Thursday; weeks begin on Monday. */
const MONDAY_MS = 4 * DAY_MS;
const LENGTHS = { '5min': 5 * MINUTE_MS, hour: 60 * MINUTE_MS, day: DAY_MS, week: 7 * DAY_MS } as const;
/** What comes once has one period, from the first day of this century. */
const ONCE = Date.UTC(2000, 0, 1) - AHEAD_MS;

/** Start of the period in which a moment lies, by the clock in Viet Nam. Moments are milliseconds since 1970. */
export function periodOf(every: Every, moment: number): number {
  if (every === 'once') return ONCE;
  if (every === 'month') return monthStart(moment, 0);
  const length = LENGTHS[every];
  const from = every === 'week' ? MONDAY_MS - AHEAD_MS : -AHEAD_MS;
  return Math.floor((moment - from) / length) * length + from;
}

/** Start of the period that follows, or of one so many further on. What comes once is followed by nothing. */
export function periodAfter(every: Every, start: number, steps = 1): number {
  if (every === 'once') return steps === 0 ? start : Math.sign(steps) * Number.POSITIVE_INFINITY;
  return every === 'month' ? monthStart(start, steps) : start + steps * LENGTHS[every];
}

/** What comes once is known from the moment of its period on. */
export const periodEnd = (every: Every, start: number): number =>
  every === 'once' ? start : periodAfter(every, start);

const MOMENT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/**
 * What a row says of its period: a day of Viet Nam, or a moment with its offset.
 * @returns milliseconds since 1970; undefined: there is no such day or moment, or nobody counted then
 */
export function momentOf(text: string): number | undefined {
  if (!MOMENT.test(text)) return undefined;
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  // `Date.parse` takes 30 February for 2 March.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  const moment = Date.parse(text.length === 10 ? `${text}T00:00:00+07:00` : text);
  return inTime(moment);
}

const inTime = (moment: number): number | undefined =>
  moment >= FIGURES_FROM && moment < FIGURES_UNTIL ? moment : undefined;

/** The same, or the whole month or ISO week of what comes so often, by its name: `2026-11`, `2026-W48`. */
export function momentIn(every: Every, text: string): number | undefined {
  if (every === 'month' && /^\d{4}-\d\d$/.test(text)) return momentOf(`${text}-01`);
  const [, year, week] = (every === 'week' && /^(\d{4})-W(\d\d)$/.exec(text)) || [];
  return year === undefined ? momentOf(text) : weekStart(Number(year), Number(week));
}

/** ISO 8601: the first week of a year has its fourth of January. */
function weekStart(year: number, week: number): number | undefined {
  const start = periodOf('week', Date.UTC(year, 0, 4)) + (week - 1) * LENGTHS.week;
  const thursday = new Date(start + AHEAD_MS + 3 * DAY_MS);
  return week > 0 && thursday.getUTCFullYear() === year ? inTime(start) : undefined;
}

function monthStart(moment: number, steps: number): number {
  const there = new Date(moment + AHEAD_MS);
  return Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + steps, 1) - AHEAD_MS;
}
