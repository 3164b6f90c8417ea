/** IV1: more than any province has; the whole country is printed province by province. */
export const MOST_SLIPS = 1_000;
/** IV4: so long a file that is ready waits in memory. */
export const KEPT_MS = 10 * 60_000;
/** IV6: how long a briefing is taken to last when its agenda does not say. */
export const USUAL_MINUTES = 120;
