/** What the rules of contradictions fix in numbers. */

/**
 * AU22: asks that are answered together, by three statements; one such group is under way at a time, so that 11,000 pages
 * that come back at once are 220 groups one after the other. `waiting`: two asks of each of a country's pages.
 */
export const COMPARES = { most: 50, gatherMs: 20, waiting: 22_000 } as const;
/**
 * AU22: places of one account over all its devices: three pages that each keep 500 receipts and connect twice; and then one
 * whole page each minute.
 */
export const COMPARED = { perSecond: 10, burst: 3_000 } as const;
/** AU24: receipts of one account that are reported, and what is kept of one unit; the first ones stay. */
export const REPORTED = { perSecond: 0.2, burst: 20 } as const;
export const KEPT_OF_UNIT = { proven: 200, unproven: 20 } as const;
