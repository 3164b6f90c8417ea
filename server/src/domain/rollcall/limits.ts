/**
 * What the rules of the roll-call fix in numbers. What the wire refuses, and how long rounds and their grace usually
 * are, is in `protocol/limits.ts`.
 */

/** RC11: wrong digits of one unit. */
export const MOST_GUESSES = 5;
/** DL7: entries in one transaction, and how long a steady stream of them is gathered. */
export const GROUP = { most: 1_000, gatherMs: 100 } as const;
