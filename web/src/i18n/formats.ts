import type { Language } from './words.ts';
import { wallClock, ZONE } from './zone.ts';

/** How numbers are written, and moments, by the clock of the installation's zone. */
export interface Formats {
  readonly language: Language;
  /** `vi-VN`, `en-GB` */
  readonly locale: string;
  /** 12.345 in Vietnamese, 12,345 in English. */
  number(value: number): string;
  /** A whole number of steps of 10^-scale, every digit of it: 123.456 of scale 1 is `12.345,6`. */
  steps(value: number, scale: number): string;
  /** 09:41:07, the second counts for what is on record. */
  time(iso: string): string;
  /** `17:00 ngày 27/11/2026`, for what is planned. */
  day(iso: string): string;
  /** `09:41:07 ngày 27/11/2026`, for what is on record of another day. */
  moment(iso: string): string;
  /** 17:00 */
  hour(iso: string): string;
  /** 27/11/2026 */
  date(iso: string): string;
  /** thứ Sáu, Chủ nhật, Friday */
  weekday(iso: string): string;
  /** `1,4 MB`, in one line; at least one kilobyte, since nobody cares for less. */
  size(bytes: number): string;
  /** `2,5 Mbit/s`, `640 kbit/s`, in one line. */
  rate(kbps: number): string;
}

/** As wide as a plus, and not where a line breaks. */
const MINUS = '\u2212';
const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

export function createFormats(language: Language): Formats {
  const locale = locales[language];
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
    timeZone: ZONE,
  });
  const hours = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: ZONE,
  });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: ZONE });
  const comma = language === 'vi' ? ',' : '.';
  // A date does not stand on a line without its word.
  const on = language === 'vi' ? 'ngày\u00a0' : 'on\u00a0';
  const date = (iso: string): string => {
    const at = wallClock(iso);
    const month = at.getUTCMonth() + 1;
    // Nghị định 30/2020: days below ten and the months 1 and 2 have a nought before them.
    return `${two(at.getUTCDate())}/${month < 3 || language === 'en' ? two(month) : month}/${at.getUTCFullYear()}`;
  };
  return {
    language,
    locale,
    number: (value) => numbers.format(value),
    steps: (value, scale) => {
      const digits = String(Math.abs(value)).padStart(scale + 1, '0');
      const whole = numbers.format(BigInt(digits.slice(0, digits.length - scale)));
      const rest = scale > 0 ? `${comma}${digits.slice(-scale)}` : '';
      return `${value < 0 ? MINUS : ''}${whole}${rest}`;
    },
    time: (iso) => times.format(new Date(iso)),
    day: (iso) => `${hours.format(new Date(iso))} ${on}${date(iso)}`,
    moment: (iso) => `${times.format(new Date(iso))} ${on}${date(iso)}`,
    hour: (iso) => hours.format(new Date(iso)),
    date,
    // As Nghị định 30/2020 writes them within a sentence, in one line.
    weekday: (iso) =>
      weekdays
        .format(new Date(iso))
        .replace(/^Thứ /, 'thứ\u00a0')
        .replace(/^Chủ Nhật$/, 'Chủ\u00a0nhật'),
    size: (bytes) =>
      bytes >= 1_000_000
        ? `${short.format(bytes / 1e6)}\u00a0MB`
        : `${whole.format(Math.max(1, bytes / 1000))}\u00a0kB`,
    rate: (kbps) => (kbps >= 1000 ? `${short.format(kbps / 1000)}\u00a0Mbit/s` : `${whole.format(kbps)}\u00a0kbit/s`),
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** How long something goes on: `2:15`, and from an hour on `1:02:15`. */
export function clock(ms: number): string {
  const [hours = '', minutes = '', seconds = ''] = elapsed(ms).split(':');
  return Number(hours) > 0 ? `${Number(hours)}:${minutes}:${seconds}` : `${Number(minutes)}:${seconds}`;
}

/** `00:41:07` */
export function elapsed(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
