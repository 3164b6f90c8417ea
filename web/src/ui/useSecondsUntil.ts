import { useNow } from './useNow.ts';

const STEP_MS = 10_000;

/** In steps that are worth reading: a reader of screens says each of them. @param until by this computer's clock, ms since 1970 */
export function useSecondsUntil(until: number): number {
  const now = useNow(0);
  return Math.max(0, Math.ceil((until - now) / STEP_MS) * (STEP_MS / 1000));
}
