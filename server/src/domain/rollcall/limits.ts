/**
 * What the rules of the roll-call fix in numbers. What the wire refuses, and how long rounds and their grace usually
 * are, is in `protocol/limits.ts`.
 */

/** RC11: wrong digits of one unit. */
export const MOST_GUESSES = 5;
/**
 * DL7: entries in one transaction, how long a steady stream of them is gathered, and how many wait at most: two of a
 * whole country.
 */
export const GROUP = { most: 1_000, gatherMs: 100, waiting: 25_000 } as const;
