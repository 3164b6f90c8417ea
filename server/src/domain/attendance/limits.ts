/**
 * What the rules of attendance fix in numbers. The share that counts as present, and the reconnect, are settings
 * (`config.ts`).
 */

/** AT2: a crash loses no more than this. */
export const RECORD_EVERY_MS = 1_000;
/** AT3 */
export const BEAT_MS = 3_000;
/** AT3, AT4: silence of a boot that is longer means that it is over. */
export const SILENCE_MS = 15_000;
/** AT17: whose time jumps by more begins a new boot. */
export const JUMP_MS = 1_000;
/** AT8: time without a good line is written this often. */
export const WEAK_MS = 15_000;
/**
 * AT12: a page that many look at is not measured more often, and measuring takes no more than one part in so many of
 * the time.
 */
export const FRESH_MS = 2_000;
export const FRESH_TIMES = 4;
