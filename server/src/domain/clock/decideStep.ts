import { STEP_MS } from './limits.ts';
import type { ClockStep, StepMoment } from './ports.ts';

const isStep = (ms: number): boolean => Math.abs(ms) > STEP_MS;

/**
 * AT15: whether a node that finds PostgreSQL's clock elsewhere than it expected has found something new. Pure.
 * @param ms how far it is before what was expected
 * @param steps what others have recorded meanwhile
 */
export const isNewStep = (ms: number, steps: readonly ClockStep[]): boolean => isStep(ms) && isStep(ms - sumOf(steps));

/**
 * AT16: by how much the clock was set, or undefined: it was not, or it is on record. Where another node has beaten by the
 * later time already and has found nothing, it is this node that stood still.
 * @param found what the clock should have said, ms, and how far it was before that
 */
export function decideStep(
  { expected, ms }: { readonly expected: number; readonly ms: number },
  { steps, heardAt }: StepMoment,
): number | undefined {
  if (!isNewStep(ms, steps)) return undefined;
  const rest = ms - sumOf(steps);
  const goneOn = expected + sumOf(steps) + STEP_MS;
  if (rest > 0 && heardAt !== null && heardAt > goneOn && heardAt <= expected + ms + STEP_MS) return undefined;
  return rest;
}

export const sumOf = (steps: Iterable<Pick<ClockStep, 'ms'>>): number => {
  let sum = 0;
  for (const { ms } of steps) sum += ms;
  return sum;
};
