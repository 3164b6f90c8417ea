/** What the rules of reports fix in numbers. */

/** RP1: of one account, waiting or running. */
export const MOST_OPEN = 5;
/** RP2: so many tries to make one. */
export const MOST_TRIES = 3;
/** RP2: a maker that was silent for so long is taken for dead. */
export const SILENT_SECONDS = 30;
/** RP3 */
export const PROGRESS_MS = 1_000;
/** RP4 */
export const KEPT_HOURS = 24;
