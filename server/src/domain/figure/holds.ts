import type { Indicator } from '../../protocol/figureDefinition.ts';
import { SUSPICIOUS } from './limits.ts';

/**
 * FG14: whether a value is recorded and does not count: outside the soft band, or below what a
 * cumulative figure had reached. @param former the value of the nearest period before that counts, if it is known
 */
export function isSuspicious(
  { kind, bounds }: Pick<Indicator, 'kind' | 'bounds'>,
  value: number,
  former: number | undefined,
): boolean {
  if (bounds?.soft && (value < bounds.soft[0] || value > bounds.soft[1])) return true;
  return kind === 'cumulative' && former !== undefined && value < former;
}

/** FG15: so many of a batch that something is wrong with all of it. */
export const isAllSuspicious = (held: number, rows: number): boolean =>
  rows >= SUSPICIOUS.least && held > rows * SUSPICIOUS.share;
