/** Vertical axis of a series, from its lowest to its highest point. */
export interface SeriesAxis {
  readonly bottom: number;
  readonly top: number;
  /** Zero lies outside: the axis is drawn broken at the end that is nearer to zero. */
  readonly isBroken: boolean;
}

/** Beyond this share of the value that is farthest from zero the nearest one leaves less than a quarter of the height to all changes. */
const BROKEN_ABOVE = 3 / 4;

/** FG171: zero is on the axis, unless changes would hardly be seen then. @param least, most of the values */
export function axisOf(least: number, most: number): SeriesAxis {
  const [near, far] = least >= 0 ? [least, most] : [most, least];
  const isOneSided = near * far > 0;
  if (isOneSided && near !== far && Math.abs(near) > Math.abs(far) * BROKEN_ABOVE)
    return { bottom: least, top: most, isBroken: true };
  return { bottom: Math.min(0, least), top: Math.max(0, most), isBroken: false };
}

/** Of all values that a series has. */
export function isBrokenAxis(series: readonly (number | null)[]): boolean {
  const there = series.filter((value) => value !== null);
  return there.length > 0 && axisOf(Math.min(...there), Math.max(...there)).isBroken;
}
