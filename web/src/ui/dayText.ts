/** `2026-11-27` as people write it: `27/11/2026`. */
export const dayText = (day: string): string => day.split('-').reverse().join('/');

/**
 * A day that was typed, as `2026-11-27`: by day, month and year with any sign between them, or as ISO 8601. undefined:
 * there is no such day.
 */
export function dayTyped(text: string): string | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(T.*)?$/.exec(text.trim());
  const said = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text.trim());
  const [year, month, day] = iso ? iso.slice(1, 4) : said ? said.slice(1, 4).reverse() : [];
  if (!year || !month || !day) return undefined;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isThere = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  return isThere ? at.toISOString().slice(0, 10) : undefined;
}

/** An hour that was typed, as `17:05`: `17:05`, `17h05`, `17.05`, `1705`, `17h` or `17`. undefined: there is no such hour. */
export function hourTyped(text: string): string | undefined {
  const [, hour, minute = '00'] = /^(\d{1,2})\s?[:.hg]?\s?(\d\d)?$/i.exec(text.trim()) ?? [];
  if (!hour || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}
