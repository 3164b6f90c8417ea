import { assertNever } from '../../lib/assertNever.ts';
import type { NodeUse } from '../../protocol/nodes.ts';
import { ARRIVING_MS, GIVEN_SHARE, PACKETS_PER_CORE, RETURNS_PER_JOIN } from './limits.ts';

/** What can be known of a node where a place is looked for. */
export interface PlaceableNode {
  readonly boot: string;
  /** Where clients reach its media, when it has a name of its own. */
  readonly url?: string | undefined;
  readonly region: string;
  readonly cores: number;
  /** undefined: its line gives more than its cores can send. */
  readonly mbit?: number | undefined;
  readonly load: { readonly packets: number; readonly mbit: number; readonly workers: number; readonly loop: number };
  readonly draining: boolean;
  /** PL26: media of the stage does not reach it. */
  readonly lacksMedia?: boolean | undefined;
  /** PL16: that it lets in, a second; undefined: the version before does not say it. */
  readonly joins?: number | undefined;
}

/** What one viewer takes, a second. */
export interface ViewerNeed {
  readonly packets: number;
  readonly mbit: number;
}

export type PlaceGiven =
  | { readonly kind: 'at'; readonly node: PlaceableNode }
  /** There are nodes that take viewers, and none with room. */
  | { readonly kind: 'full' }
  | { readonly kind: 'draining' };

/**
 * PL8: the node with most room left, in the region if it has any there. Never one that drains, one that media of the stage
 * does not reach only where it reaches none, and one without room only for those who are let in at once.
 * @param expected viewers that were sent to a node and are not in its load yet
 */
export function place(
  nodes: readonly PlaceableNode[],
  expected: (boot: string) => number,
  need: ViewerNeed,
  who: { readonly region: string; readonly atOnce: boolean; readonly not?: readonly string[] | undefined },
): PlaceGiven {
  const serving = nodes.filter(({ draining }) => !draining);
  if (serving.length === 0) return { kind: 'draining' };
  // PL26: where all lack media, nobody is helped by waiting.
  const whole = serving.filter(({ lacksMedia }) => !lacksMedia);
  const open = whole.length > 0 ? whole : serving;
  const rooms = open
    .map((node) => ({ node, left: roomLeft(node, expected(node.boot), need) }))
    // The same order at every node when nothing else decides.
    .sort((a, b) => b.left - a.left || a.node.boot.localeCompare(b.node.boot));
  const all = rooms.filter(({ left }) => left > 0);
  // PL10: from where this viewer is, or by now, nobody answers there; others may find it well.
  const reached = all.filter(({ node: { url } }) => url === undefined || !who.not?.includes(url));
  const free = reached.length > 0 ? reached : all;
  const inRegion = free.filter(({ node }) => node.region === who.region);
  const near = inRegion.length > 0 ? inRegion : free;
  // PL23: who is sent to an empty node all at once would wait there for each other.
  const calm = near.find(({ node }) => !isBesieged(node, expected(node.boot)));
  const best = calm ?? near[0] ?? (who.atOnce ? rooms[0] : undefined);
  return best ? { kind: 'at', node: best.node } : { kind: 'full' };
}

/** PL23: as many are on their way to it, or have just come, as it lets in meanwhile. */
const isBesieged = ({ joins }: PlaceableNode, expected: number): boolean =>
  joins !== undefined && expected >= (joins * RETURNS_PER_JOIN * ARRIVING_MS) / 1_000;

/** Share of what the node gives that is left when one more has come, by what is scarcest; 0 or less: nothing. */
export const roomLeft = (node: PlaceableNode, expected: number, need: ViewerNeed): number =>
  1 - Math.max(...usesOf(node).map((use) => (use.used + (expected + 1) * partOf(use.what, need)) / use.given));

/** PL12: how many more viewers it takes, beside those that are on their way; 0 when it drains. */
export function roomFor(node: PlaceableNode, expected: number, need: ViewerNeed): number {
  if (node.draining || usesOf(node).some(({ used, given }) => used >= given)) return 0;
  const fit = usesOf(node).flatMap((use) => {
    const part = partOf(use.what, need);
    return part === 0 ? [] : [Math.ceil((use.given - use.used) / part) - 1 - expected];
  });
  return Math.max(0, Math.min(...fit));
}

/** PL8: what it has only so much of. */
export function usesOf({ cores, mbit, load }: PlaceableNode): readonly NodeUse[] {
  const packets = cores * PACKETS_PER_CORE;
  return [
    { what: 'cores', used: load.workers, of: cores, given: cores * GIVEN_SHARE.cores },
    { what: 'packets', used: load.packets, of: packets, given: packets * GIVEN_SHARE.cores },
    { what: 'loop', used: load.loop, of: 1, given: GIVEN_SHARE.loop },
    ...(mbit === undefined
      ? []
      : [{ what: 'mbit' as const, used: load.mbit, of: mbit, given: mbit * GIVEN_SHARE.mbit }]),
  ];
}

/** Of that, what one viewer takes. */
function partOf(what: NodeUse['what'], { packets, mbit }: ViewerNeed): number {
  switch (what) {
    case 'cores':
      return packets / PACKETS_PER_CORE;
    case 'packets':
      return packets;
    case 'mbit':
      return mbit;
    case 'loop':
      return 0;
    default:
      return assertNever(what);
  }
}
