/** What the rules of people, links and sessions fix in numbers. */

export const SHORTEST_PASSWORD = 10;

/** SE1. A link is a daily key: its session outlives a working month. A password can be typed again tomorrow. */
export const LINK_SESSION_SECONDS = 30 * 24 * 3600;
export const PASSWORD_SESSION_SECONDS = 12 * 3600;
/** LK7. The session of a slip's code: from a day before the briefing until the day after it. */
export const CODE_SESSION_SECONDS = 48 * 3600;
/** IN2. The first links of an installation wait so long for their one use. */
export const FIRST_LINK_SECONDS = 24 * 3600;
/** PW5. A link to set a password by waits so long for its one use. */
export const PASSWORD_LINK_SECONDS = 24 * 3600;
/** PE2. Acts of one page of a unit's history. */
export const ACTS_SHOWN = 50;
/** Expired sessions are kept so long, for the record of who was signed in. */
export const ENDED_SESSION_DAYS = 90;

/** PW3. A browser that did not sign in for so long is as good as a new one; its cookie lives as long. */
export const KNOWN_DEVICE_DAYS = 400;

/**
 * HT7, HT10, PW1, PW2: how many tries whom, in seconds. Numbers of the address are generous, since a whole province may
 * come from one address at the minute in which a briefing opens; what they stop is a flood. Secrets of links are not
 * guessable, so failed links count for the link alone.
 */
export const TRIES = {
  /** 700 communes behind one address that sign in four times within a minute are 2,800. */
  address: { tries: 3_000, seconds: 60 },
  link: { tries: 20, seconds: 60 },
  /** LK8: wrong codes of one unit, and from one /24 or /48. */
  codeUnit: { tries: 5, seconds: 3_600 },
  codeBlock: { tries: 20, seconds: 3_600 },
  /** Wrong passwords from one address, whoever's: 700 communes that all mistype once are 700. */
  wrongHere: { tries: 1_000, seconds: 900 },
  /** Wrong passwords of one login from one address, from a known device, and from all unknown devices together. */
  loginHere: { tries: 10, seconds: 900 },
  device: { tries: 10, seconds: 900 },
  login: { tries: 100, seconds: 3_600 },
  /** All requests of one session. */
  requests: { tries: 600, seconds: 60 },
} as const;

/**
 * PW4: password hashes at once, and how many wait. With 40 ms each, 700 communes that all type their password in the
 * same second wait 14 seconds at most; mostly nobody does, since a session outlives a power cut.
 */
export const HASHES = { atOnce: 2, waiting: 1_000, retrySeconds: 10 } as const;
