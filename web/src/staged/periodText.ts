import type { Every } from '../api/contract.ts';
import type { Formats } from '../i18n/formats.ts';
import { serverNow } from '../lib/serverClock.ts';
import type { StagedWords } from './words/staged.vi.ts';

const HOUR_MS = 3_600_000;
const LENGTHS = { '5min': HOUR_MS / 12, hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS } as const;

/** What a value is of: `lúc 17:40`, `17:00–18:00`, `ngày 26/11/2026`, `tháng 11/2026`; with the day where it is not today. */
export function periodText(
  every: Every,
  iso: string,
  t: StagedWords['period'],
  { hour, date }: Formats,
  now: Date = new Date(serverNow()),
): string {
  const today = (text: string): string => (date(iso) === date(now.toISOString()) ? text : t.of(text, date(iso)));
  switch (every) {
    case 'once':
      return '';
    case '5min':
      return today(t.at(hour(iso)));
    case 'hour':
      return today(t.hours(hour(iso), hour(new Date(Date.parse(iso) + HOUR_MS).toISOString())));
    case 'week':
      return t.week(date(iso));
    case 'month':
      return t.month(date(iso).slice(3));
    default:
      return t.day(date(iso));
  }
}

/** A moment in the period that ended then: its start, but of a month, which is told by its name. Pure. */
export const startBefore = (every: Every, end: string): string =>
  new Date(Date.parse(end) - (every === 'month' || every === 'once' ? 1 : LENGTHS[every])).toISOString();
