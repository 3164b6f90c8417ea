import type { Language } from './words.ts';

/** How numbers and moments are written. */
export interface Formats {
  readonly language: Language;
  /** `vi-VN`, `en-GB` */
  readonly locale: string;
  /** 12.345 in Vietnamese, 12,345 in English. */
  number(value: number): string;
  /** 09:41:07, the second counts for what is on record. */
  time(iso: string): string;
  /** Date and hour, for what is planned. */
  day(iso: string): string;
  /** 17:00 */
  hour(iso: string): string;
  /** 27/11/2026 */
  date(iso: string): string;
  /** thứ Sáu, Friday */
  weekday(iso: string): string;
}

const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

export function createFormats(language: Language): Formats {
  const locale = locales[language];
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  const days = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
  });
  const hours = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', year: 'numeric' });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  return {
    language,
    locale,
    number: (value) => numbers.format(value),
    time: (iso) => times.format(new Date(iso)),
    day: (iso) => days.format(new Date(iso)),
    hour: (iso) => hours.format(new Date(iso)),
    date: (iso) => dates.format(new Date(iso)),
    // Vietnamese writes it small within a sentence, and the name of the day large: thứ Sáu.
    weekday: (iso) => weekdays.format(new Date(iso)).replace(/^(Thứ|Chủ)/, (word) => word.toLowerCase()),
  };
}

/** How long something goes on: `2:15`, and from an hour on `1:02:15`. */
export function clock(ms: number): string {
  const [hours = '', minutes = '', seconds = ''] = elapsed(ms).split(':');
  return Number(hours) > 0 ? `${Number(hours)}:${minutes}:${seconds}` : `${Number(minutes)}:${seconds}`;
}

/** `00:41:07` */
export function elapsed(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
