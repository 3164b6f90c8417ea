import type { Formats } from '../i18n/formats.ts';
import { dayNumber, momentOfZoned, wallClock, zoned } from '../i18n/zone.ts';
import type { DirectiveWords } from './words/directive.vi.ts';

export type DayWord = 'yesterday' | 'today' | 'tomorrow' | 'week' | 'far';
type Text = Pick<Formats, 'hour' | 'date' | 'weekday'> & { readonly t: DirectiveWords };

/** How far a day is from today, as people say it; both in the zone of the installation. */
export function dayWord(then: Date, now: Date): DayWord {
  const days = dayNumber(then) - dayNumber(now);
  if (days === -1) return 'yesterday';
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days > 1 && days < 7 ? 'week' : 'far';
}

/** `17:00 hôm nay, 26/11/2026`: a word that expires has its date, since pages stay open and are copied. */
export function whenOf(iso: string, now: number, { t, hour, date, weekday }: Text): string {
  const words = t.when;
  const word = dayWord(new Date(iso), new Date(now));
  if (word === 'week') return words.week(hour(iso), weekday(iso), date(iso));
  if (word === 'far') return words.far(hour(iso), date(iso));
  return words[word](hour(iso), date(iso));
}

/** `Hạn 17:00 hôm nay`, or since when it is overdue. @param settled what was done in time is never called overdue */
export function deadlineOf(iso: string | null, now: number, text: Text, settled = false): string {
  const { t } = text;
  if (!iso) return t.noDeadline;
  const when = whenOf(iso, now, text);
  return Date.parse(iso) <= now && !settled ? t.overdue(when) : t.due(when);
}

type DeadlinePreset = 'today' | 'tomorrow' | 'friday' | 'week' | 'none';
const CLOSE_OF_DAY = '17:00';
const FRIDAY = 5;

/**
 * The times that are offered: 17:00 of a near day; what has passed already is not among them. Instants in ISO 8601,
 * null: without a deadline.
 */
export function deadlinePresets(now: Date): readonly (readonly [DeadlinePreset, string | null])[] {
  const close = momentOfZoned(`${zoned(now).slice(0, 10)}T${CLOSE_OF_DAY}`);
  const at = (days: number): Date => new Date(close + days * 86_400_000);
  const toFriday = (FRIDAY - wallClock(now).getUTCDay() + 7) % 7;
  const presets: (readonly [DeadlinePreset, string | null])[] = [];
  if (at(0) > now) presets.push(['today', at(0).toISOString()]);
  presets.push(['tomorrow', at(1).toISOString()]);
  if (toFriday > 1) presets.push(['friday', at(toFriday).toISOString()]);
  presets.push(['week', at(7).toISOString()], ['none', null]);
  return presets;
}
