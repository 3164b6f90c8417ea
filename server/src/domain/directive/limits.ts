/** What the rules of directives fix in numbers. What the wire refuses is in `protocol/limits.ts`. */

/** DR14, DR15, DR33: the newest; older ones are found in reports. */
export const LISTED_DIRECTIVES = 100;
/** DR10: names in a preview. */
export const PREVIEWED = 5;
/** An account's uploads are in memory until they are kept. */
export const UPLOADS_AT_ONCE = 4;
/** DR25: two directives with as many files as there may be; more is a program that fills the disk. */
export const UNUSED_BYTES = 200 * 1024 * 1024;
/** DR25: an upload that no directive has is kept so long. */
export const UNUSED_HOURS = 24;
/** DR27: so long before the deadline those are reminded who are behind. */
export const REMINDED_HOURS_BEFORE = { day: 24, hour: 1, deadline: 0 } as const;
/** DR11: a node that was not heard of for so long is gone, and its devices with it. */
export const GONE_AFTER_SECONDS = 30;
/** FG68: maps of one account: each has a line for every addressee. A page reads one at most every three seconds. */
export const STATES_OF_ONE = { perSecond: 0.5, burst: 20 } as const;
/** DL7: acts of addressees that wait at most: two of a whole country. */
export const WAITING_ACTS = 25_000;
