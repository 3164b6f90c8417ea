/** What the rules of questions fix in numbers. */

/** QU3: of a unit in one briefing, whatever became of them. */
export const MOST_ASKED = 10;
/** QU3: acts of its unit on one question; each is a row of the record. */
export const MOST_UNIT_ACTS = 20;
/** QU12: how long after its end the office decides on what was asked in a briefing. */
export const OFFICE_DAYS = 30;
/** QU13: acts in one transaction, how long a steady stream is gathered, and how many wait at most. */
export const ASKING = { most: 500, gatherMs: 100, waiting: 25_000 } as const;
/** QU11: questions of a unit on its page outside of briefings. */
export const OWN_SHOWN = 50;
/** QU10: answers of briefings that one account reads: of one that is over all of its questions are read for them. */
export const ANSWERS_OF_ONE = { perSecond: 0.5, burst: 30 } as const;
/** Boards of closed briefings that a node keeps; the one that was read longest ago goes first. */
export const BOARDS_KEPT = 8;
