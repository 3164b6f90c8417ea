/**
 * Full jitter: anywhere between nothing and a ceiling that grows. The first tries come quickly, since a server that was restarted
 * is ready within seconds; the ceiling then keeps ten thousand pages from knocking at once.
 * @param attempt 0 for the first
 * @returns milliseconds
 */
export function fullJitter(attempt: number, random: () => number = Math.random): number {
  const ceiling =
    attempt < QUICK_TRIES ? QUICK_MS : Math.min(SLOWEST_MS, QUICK_MS * 1.5 ** (attempt - QUICK_TRIES + 1));
  return Math.round(random() * ceiling);
}

const QUICK_MS = 500;
/** At 250 ms on average these span the four seconds that a restart takes, and some more. */
const QUICK_TRIES = 20;
const SLOWEST_MS = 10_000;
