/** How long calls take: what the wire refuses, and what it takes where nothing is said. */

/** SC3: how long a call rings, until it counts as not answered. */
export const RING_SECONDS = { least: 5, most: 120, usual: 30 } as const;
/** FL38: how long whoever speaks is given. */
export const SPEECH_MINUTES = { least: 1, most: 60 } as const;
/** TR12: between the word to come back and the end of stages. */
export const BACK_SECONDS = { most: 120, usual: 10 } as const;
/** SC16: how long missed calls are shown to their unit. */
export const MISSED_DAYS: number = 30;
