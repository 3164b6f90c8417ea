import type { AskedNumber } from './rollcallNumber.ts';

/** FG31: a number so many times the last one, or so small a part of it, is asked back and held. */
const TIMES = 10;

/**
 * FG31: what is recorded and not counted until an official says it, and what the page asks back before it sends it: beyond
 * the soft limits, ten times what was said the last time, or a tenth of it.
 * @param before what counts of the unit in the newest period; null: nothing is known
 */
export function isDoubtful({ soft }: Pick<AskedNumber, 'soft'>, value: number, before: number | null): boolean {
  if (soft && (value < soft[0] || value > soft[1])) return true;
  if (before === null || before === 0) return false;
  const [one, other] = [Math.abs(value), Math.abs(before)];
  return one >= other * TIMES || one * TIMES <= other;
}
