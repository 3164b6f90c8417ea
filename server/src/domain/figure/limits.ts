/** What the rules of live figures fix in numbers. */

/** FG15: a batch is held whole when more than this share of it would be; one of a few rows is looked at row by row. */
export const SUSPICIOUS = { share: 0.3, least: 20 } as const;
/** A clock of a platform goes before that of PostgreSQL by no more than that. */
export const FIGURES_AHEAD_MS = 5 * 60_000;
/** FG14: periods before one in which the last value of a cumulative figure is looked for. */
export const FORMER_PERIODS = 7;
