/** What the rules of slides fix in numbers. What the wire refuses is in `protocol/limits.ts`. */

/** SL2: decks of one briefing. */
export const MOST_DECKS = 50;
/** SL3: an account's pictures are in memory until they are kept. */
export const PICTURES_AT_ONCE = 4;
/** SL3: pictures of one account that no page has: a deck with all of its pages is far below. */
export const UNUSED_PICTURE_BYTES = 100 * 1024 * 1024;
/** SL3: a picture that no page has is kept so long. */
export const UNUSED_PICTURE_HOURS = 24;
/** SL8: turns that the record of a deck names; a talk of three hours that turns each five seconds has as many. */
export const MOST_TURNS = 2_000;
/** SL6: pictures in memory, so that thousands who ask for the same page ask the store once. */
export const SHELF_BYTES = 64 * 1024 * 1024;
export const SHELF_DECKS = 50;
/** SH5: stills of one shared screen; a page sends half as many at most. */
export const STILLS = { perSecond: 0.5, burst: 3 } as const;
/** SH6: the last one, and the one that is on its way to somebody while it comes. */
export const STILLS_KEPT = 2;
/** CL46: of all briefings. */
export const STILLS_FETCHED = 8;
