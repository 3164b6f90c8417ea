/** RY2: older checks say nothing of today's line. */
export const FRESH_DAYS = 14;
/** RY1: so long a check is known. */
export const CHECK_DAYS = 60;
/** RY1: of a unit. */
export const MOST_DEVICES = 5;
/** RY2: below, a picture does not arrive well, or can't be sent: as the check on the page says it. */
export const FAIR_KBPS = { down: 900, up: 500 } as const;
