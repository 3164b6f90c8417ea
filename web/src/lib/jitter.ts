/**
 * Full jitter: anywhere between nothing and a ceiling that grows. The first tries come quickly, since a server that was
 * restarted is ready within seconds; the ceiling then keeps ten thousand pages from knocking at once.
 * @param attempt 0 for the first
 * @returns milliseconds
 */
export const fullJitter = (attempt: number, random: () => number = Math.random): number =>
  returnDelay(attempt, 0, random);

/**
 * The same for somebody whom the server has told within which time to come back (CH11): anywhere in that time, also
 * when the server is not there yet.
 * @param withinMs 0: it has not said
 * @returns milliseconds
 */
export function returnDelay(attempt: number, withinMs: number, random: () => number = Math.random): number {
  const ceiling =
    attempt < QUICK_TRIES ? QUICK_MS : Math.min(SLOWEST_MS, QUICK_MS * 1.5 ** (attempt - QUICK_TRIES + 1));
  return Math.round(random() * Math.max(ceiling, withinMs));
}

const QUICK_MS = 500;
/** At 250 ms on average these span the four seconds that a restart takes, and some more. */
const QUICK_TRIES = 20;
const SLOWEST_MS = 10_000;
