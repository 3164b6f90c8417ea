/** What the rules of briefings fix in numbers. */

/** BF4: a token of a briefing, from one renewal to the next but two. */
export const TOKEN_SECONDS = 15 * 60;
/** EN7: a key of tokens signs for a day. */
export const KEY_ROTATE_SECONDS = 24 * 3600;
