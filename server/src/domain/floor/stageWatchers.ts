import type { Speaker } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { mainOf, type StageMap } from '../shared/stages.ts';
import { isBelow } from '../shared/territory.ts';

/** Of whom a picture may be asked: who is on that stage, and not held there without a line; who came last first. */
export const facesOn = (speakers: readonly Speaker[], stage: UnitPath): Speaker[] =>
  speakers.filter((s) => s.stage === stage && s.place === 'stage').toSorted((a, b) => b.since.localeCompare(a.since));

/**
 * TR15: how many units are shown this stage: those here from its unit down, but for those who are shown one below it.
 * @param here how many are here from a unit down
 */
export function watchersOf(
  map: StageMap,
  stage: UnitPath,
  open: readonly { readonly path: UnitPath }[],
  here: (path: UnitPath) => number,
): number {
  const isShown = (path: UnitPath) => mainOf(map, path) === path;
  if (!isShown(stage)) return 0;
  const below = open.map(({ path }) => path).filter((path) => isBelow(path, stage) && isShown(path));
  const nearest = below.filter((path) => !below.some((between) => isBelow(path, between)));
  return nearest.reduce((rest, path) => rest - here(path), here(stage));
}
