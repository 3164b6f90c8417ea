import type { z } from 'zod';
import type { addresseesSchema } from '../../protocol/directive.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Unit, UnitPath } from '../../protocol/organisation.ts';
import type { UnitIndex } from '../organisation/UnitIndex.ts';
import { liesIn, outermost } from '../shared/territory.ts';

export type Addressing = z.output<typeof addresseesSchema>;

/**
 * DR6, DR7: whom an addressing reaches in this tree, in the order of their paths as text.
 * @param to paths of the subtrees, of a saved list as well
 * @throws DomainError `bad-request` for a tier that there is not, or when nobody remains
 */
export function addresseesOf(
  index: UnitIndex,
  to: readonly UnitPath[],
  except: readonly UnitPath[],
  tier: string | undefined,
): Unit[] {
  if (tier !== undefined && !index.tiers.some(({ id }) => id === tier))
    throw refuse('bad-request', `there is no tier ${tier}`);
  const reached = tier === undefined ? index.baseUnits(to) : unitsOfTier(index, to, tier);
  return remaining(reached, except);
}

/** DR7: in the order of their paths as text. @throws DomainError `bad-request` when nobody remains */
export function remaining(reached: readonly Unit[], except: readonly UnitPath[]): Unit[] {
  const left = new Set(except);
  const units = reached.filter(({ path }) => !liesIn(path, left));
  if (units.length === 0) throw refuse('bad-request', 'this reaches nobody');
  return units.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function unitsOfTier(index: UnitIndex, to: readonly UnitPath[], tier: string): Unit[] {
  return outermost(to).flatMap((path) => {
    const root = index.findPath(path);
    return root ? index.subtree(root.code).filter((unit) => unit.tier === tier) : [];
  });
}
