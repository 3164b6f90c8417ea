/**
 * What the rules of the roll-call fix in numbers. How long rounds and the time for late answers may be, and usually
 * are, is in `protocol/roundTimes.ts`, what else the wire refuses in `protocol/limits.ts`.
 */

/** RC11: wrong digits of one unit. */
export const MOST_GUESSES = 5;
/** RC20: of one unit in a round, its first and its corrections; each is a row of the record. */
export const MOST_OWN_ANSWERS = 20;
/**
 * RC22: refused answers that are kept of a unit, in one round and in all, and shown at once; and how many are written
 * together, gathered for how long, and wait at most.
 */
export const REFUSALS = { ofRound: 20, ofUnit: 200, shown: 50, atOnce: 1_000, gatherMs: 100, waiting: 25_000 } as const;
/**
 * DL7: entries in one transaction, how long a steady stream of them is gathered, and how many wait at most: two of a
 * whole country.
 */
export const GROUP = { most: 1_000, gatherMs: 100, waiting: 25_000 } as const;
