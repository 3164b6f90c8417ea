import type { Every } from '../../../api/contract.ts';
import type { Formats } from '../../../i18n/formats.ts';

/** Under a series, so that they stand apart on the narrowest page. */
const MOST = 4;

/** Places of a series whose periods are named under it: both ends, and a few between them, as far apart as they can be. */
export function labelled(points: number): number[] {
  if (points === 0) return [];
  const names = Math.min(MOST, points);
  const step = (points - 1) / Math.max(1, names - 1);
  return Array.from({ length: names }, (_, i) => Math.round(i * step));
}

/** As short as it can be told from the others: `17:00`, `25/11`, `11/2026`. */
export function shortPeriod(every: Every, iso: string, { hour, date }: Pick<Formats, 'hour' | 'date'>): string {
  if (every === 'hour' || every === '5min') return hour(iso);
  const [day, month, year] = date(iso).split('/');
  return every === 'month' ? `${month}/${year}` : `${day}/${month}`;
}
