/** How long calls take: what the wire refuses, and what it takes where nothing is said. */

/** SC3: how long a call rings, until it counts as not answered. */
export const RING_SECONDS = { least: 5, most: 120, usual: 30 } as const;
/** SC16: how long missed calls are shown to their unit. */
export const MISSED_DAYS: number = 30;
