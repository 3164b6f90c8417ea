/** The zone of the installation, in which its record counts days (RP7). Pages show it whatever a computer is set to. */
export const ZONE = 'Asia/Ho_Chi_Minh';
/** It has no summer time. */
export const ZONE_AHEAD_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** What a clock on the wall shows in that zone: its `getUTC…` are the year, the day, the hour there. */
export const wallClock = (at: number | string | Date): Date => new Date(new Date(at).getTime() + ZONE_AHEAD_MS);

/** `2026-11-27T17:00`, as a clock on the wall there shows it. */
export const zoned = (at: number | string | Date): string => wallClock(at).toISOString().slice(0, 16);

/** The moment of `2026-11-27T17:00` there, or of the begin of `2026-11-27`; milliseconds since 1970, NaN: none. */
export const momentOfZoned = (text: string): number =>
  Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`) - ZONE_AHEAD_MS;

/** Whole days since 1970 there, by which two moments are so many days apart. */
export const dayNumber = (at: number | string | Date): number => Math.floor(wallClock(at).getTime() / DAY_MS);
