import type { LastSeen, NodeHappening } from './ports.ts';

/** PL14: what says whether a boot is there. */
export const ofLife: ReadonlySet<NodeHappening['kind']> = new Set(['came', 'left', 'vanished', 'back']);

/**
 * PL14: all nodes see that one is gone, or back, and each would write it down. What a node says of itself is written by it
 * alone, and always news. @param last of the same boot
 */
export function isNews(last: LastSeen | undefined, { kind, at }: Pick<NodeHappening, 'kind' | 'at'>): boolean {
  if (last && last.at > at) return false;
  if (kind === 'vanished') return last?.kind !== 'vanished' && last?.kind !== 'left';
  if (kind === 'back') return last?.kind === 'vanished';
  return true;
}
