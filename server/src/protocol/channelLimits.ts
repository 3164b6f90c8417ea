/** What the order channel takes of those who are connected. How often they may connect is in `limits.ts`. */

/** CH4: of a message of the order channel. */
export const MESSAGE_BYTES: number = 16 * 1024;
/**
 * CH5: acts of one account within that time, on all of its devices and over all of its connections. Three people who
 * press two buttons a second without a pause stay below; a program in a loop does not, and is cut off when it goes on
 * after so many refusals.
 */
export const ACTS = { most: 60, withinMs: 10_000, flood: 400 } as const;
/**
 * CH16: frames of one connection, whatever is in them: as many acts as end an account's window (CH5), and the pings of a proxy or of
 * a browser beside them.
 */
export const FRAMES = { perSecond: 40, burst: 400 } as const;
/** CH11: the longest window in which devices are told to come back. */
export const COMEBACK_MS: number = 600_000;
