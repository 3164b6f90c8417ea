/** What the rules of screens fix in numbers. */

/** SN2: a code is shown so long, then another one. */
export const CODE_SECONDS = 600;
/** SN2: a screen whose code was typed keeps it so long while it is being paired. */
export const PAIRING_SECONDS = 30;
/** SN2: codes at once; the oldest of the network with most of them makes room. */
export const MOST_CODES = 500;
/** SN2: screens that ask from one network: a hall of forty walls behind one address, each every three seconds. */
export const ASKS = { perSecond: 15, burst: 200 } as const;
/** SN2: new codes for one network. */
export const NEW_CODES = { perSecond: 0.2, burst: 60 } as const;
/** SN2: codes that one account types. Eight digits are guessed once in 200,000 tries while all codes are in use. */
export const TYPED = { perSecond: 0.1, burst: 10 } as const;
