import { DRAINED_SHARE, RETURNS_PER_JOIN } from './limits.ts';
import type { PlaceableNode } from './place.ts';

/**
 * PL22: how many a node that drains sends away, a second: a part of what those let in to whom they are sent (PL8).
 * @param others without the one that drains
 * @param most as an operator has set it; also where nobody says what they let in
 */
export function drainPace(
  others: readonly Pick<PlaceableNode, 'draining' | 'joins' | 'region'>[],
  region: string,
  most: number,
): number {
  const open = others.filter(({ draining }) => !draining);
  const inRegion = open.filter((node) => node.region === region);
  const taking = inRegion.length > 0 ? inRegion : open;
  const joins = taking.reduce((sum, node) => sum + (node.joins ?? most), 0);
  return joins === 0 ? most : Math.min(most, joins * RETURNS_PER_JOIN * DRAINED_SHARE);
}
