import { within } from '../../api/contract.ts';
import type { RosterView } from '../../organisation/rosterView.ts';

/** How many units of the lowest tier lie in one of the subtrees, and are expected in the briefing (RC1). */
export function expectedIn(roster: RosterView, scope: readonly string[], briefing: readonly string[]): number {
  const lowest = lowestTier(roster);
  let expected = 0;
  for (const { tier, path } of roster.byCode.values())
    if (tier === lowest && scope.some((root) => within(path, root)) && briefing.some((root) => within(path, root)))
      expected++;
  return expected;
}

export const lowestTier = ({ tiers }: RosterView): string | undefined =>
  tiers.toSorted((a, b) => a.rank - b.rank).at(-1)?.id;
