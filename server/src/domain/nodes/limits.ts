/**
 * PL8: of what a node has, so much is given away; the rest is for what comes in bursts, and for what two nodes give away
 * in the same second.
 */
export const GIVEN_SHARE = { cores: 0.7, loop: 0.6, mbit: 0.7 } as const;
/** PL8: that a core of a media worker sends, by the costs that `dh plan` measures (docs/operations/capacity.md). */
export const PACKETS_PER_CORE = 100_000;
/** PL8: whoever was given a place and did not come by then will not come. */
export const RESERVED_MS = 30_000;
/** PL8: places of one account at once; a unit has a few devices, and an account can make up any number of them. */
export const RESERVED_OF_ONE = 50;
/** PL8: until what is sent to somebody who has come is in the load that their node tells. */
export const MEASURED_AFTER_MS = 5_000;
/** PL9: when to ask again where no node has room, and where all are about to end. */
export const FULL_RETRY_SECONDS = 5;
export const DRAINING_RETRY_SECONDS = 2;
/** PL14: a node that is no longer among the living is missed for so long before it is said to have vanished. */
export const MISSED_MS = 3_000;
/** PL14: events on the page, in the database, and that wait for it while it is away. */
export const EVENTS_SHOWN = 50;
export const EVENTS_KEPT = 1_000;
export const EVENTS_UNSENT = 200;
/** PL16: whose time comes within so long is let in now. */
export const AT_ONCE_MS = 1_000;
/**
 * PL22: so many who were in before, for each who is new: they bring page, session and connections along, and ask for half
 * of what a join costs (docs/decisions/092-joins-with-their-pages.md).
 */
export const RETURNS_PER_JOIN = 2;
/** PL22: of the returns that others take, what a drain sends them; the rest is for whoever loses a node meanwhile. */
export const DRAINED_SHARE = 0.75;
/** PL23: a node to which as many are on their way as it lets in within so long is passed over while others have room. */
export const ARRIVING_MS = MEASURED_AFTER_MS + 1_000;
/** PL17: a place that was not used is good for so long after its time: a page out of sight may be a minute late. */
export const PLACE_LATE_MS = 300_000;
/** PL17: times to come that devices of one account have at one node; a unit has a few devices. */
export const PLACES_OF_ONE = 10;
