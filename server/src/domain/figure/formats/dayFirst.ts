const DAY_FIRST = /^(?:(\d{1,2})\/)?(\d{1,2})\/(\d{4})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?$/;
const two = (part: string): string => part.padStart(2, '0');

/**
 * Converts a period with the day first to ISO 8601: `28/11/2026`, `28/11/2026 14:00` (time of Viet Nam), `11/2026`. (FG149)
 * @returns any other text unchanged: the check of periods refuses it as it was written
 */
export function dayFirst<T>(text: T): T | string {
  if (typeof text !== 'string' || !text.includes('/')) return text;
  const [, day, month, year, hour, minute, second = '00'] = DAY_FIRST.exec(text.trim()) ?? [];
  if (month === undefined || year === undefined || !isDay(Number(year), Number(month), Number(day ?? 1))) return text;
  if (day === undefined) return hour === undefined ? `${year}-${two(month)}` : text;
  const date = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined || minute === undefined) return date;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
    ? `${date}T${two(hour)}:${minute}:${second}+07:00`
    : text;
}

function isDay(year: number, month: number, day: number): boolean {
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}
