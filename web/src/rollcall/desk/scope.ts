import { isBaseUnit, within } from '../../api/contract.ts';
import type { RosterView } from '../../organisation/rosterView.ts';

/** How many base units lie in one of the subtrees, and are expected in the briefing (RC1). */
export function expectedIn(roster: RosterView, scope: readonly string[], briefing: readonly string[]): number {
  const paths = [...roster.byCode.values()].map(({ path }) => path);
  const lies = (path: string, roots: readonly string[]) => roots.some((root) => within(path, root));
  return paths.filter((path, i) => isBaseUnit(path, paths[i + 1]) && lies(path, scope) && lies(path, briefing)).length;
}

export const lowestTier = ({ tiers }: RosterView): string | undefined =>
  tiers.toSorted((a, b) => a.rank - b.rank).at(-1)?.id;
