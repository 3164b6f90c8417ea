/** What the rules of the floor fix in numbers. What the wire refuses is in `protocol/limits.ts`. */

/** TR15: of one stage while officials look; a page that is asked has so long until the next is. */
export const LOOK_EVERY_MS = 4_500;
/** TR15: pictures of a device that are handed to other nodes: each goes to all of them. */
export const LOOKS_GIVEN = { perSecond: 1, burst: 10 } as const;
/** TR15: a picture that is older is shown to nobody. */
export const LOOK_FRESH_MS = 15_000;
