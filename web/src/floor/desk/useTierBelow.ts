import { useMemo } from 'react';
import { within } from '../../api/contract.ts';
import { parentOf, type RosterUnit, type RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';

/** TR10: units of the tier below one's own which take part and have units themselves: each may have a stage. */
export function useTierBelow(roster: RosterView | undefined): readonly RosterUnit[] {
  const { path } = useTools().session.account.unit;
  const { scope } = useChannel().briefing;
  return useMemo(() => {
    const units = [...(roster?.byCode.values() ?? [])];
    const parents = new Set(units.map((unit) => parentOf(unit.path)));
    return units.filter(
      (unit) =>
        parentOf(unit.path) === path &&
        parents.has(unit.path) &&
        scope.some((part) => within(unit.path, part) || within(part, unit.path)),
    );
  }, [roster, path, scope]);
}
