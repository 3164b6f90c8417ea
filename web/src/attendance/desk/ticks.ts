import { ZONE_AHEAD_MS } from '../../i18n/zone.ts';

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360].map((minutes) => minutes * MINUTE);

/**
 * Round moments for the axis of a span: as many as fit, and not more. Milliseconds since 1970. @param most at most so
 * many
 */
export function ticksOf(from: number, to: number, most: number): readonly number[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= most) ?? STEPS.at(-1) ?? MINUTE;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + ZONE_AHEAD_MS) / step) * step - ZONE_AHEAD_MS; at <= to; at += step) ticks.push(at);
  return ticks;
}
