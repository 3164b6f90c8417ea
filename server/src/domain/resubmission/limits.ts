/** What the rules of resubmission fix in numbers. */

/** RS4: claims that are kept of one unit; the first ones stay. */
export const CLAIMS_OF_UNIT = 50;
/** RS2: receipts in one transaction, and how many wait at most: ten of each of a country's devices. */
export const RESUBMISSIONS = { most: 500, gatherMs: 50, waiting: 110_000 } as const;
/**
 * RS2: receipts of one account, over all its devices: as many as a page keeps at once, and then as many again within
 * some minutes.
 */
export const OFFERED = { perSecond: 2, burst: 1_000 } as const;
