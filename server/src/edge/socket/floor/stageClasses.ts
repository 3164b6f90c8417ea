import type { EnteredStage, FloorState } from '../../../domain/floor/FloorState.ts';
import { mainOf, type StageMap } from '../../../domain/shared/stages.ts';
import { upFrom } from '../../../domain/shared/territory.ts';
import { type Sight, sees } from '../../../domain/shared/whoSeesWhom.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import { cutFloor, type Eye, overviewsFor } from './cutFloor.ts';

/** Everybody who is below no unit that has chosen what its subtree is shown. */
export const REST = '';

/** A floor, with who is shown which of its stages. */
export interface Staged {
  readonly floor: FloorState;
  readonly map: StageMap;
}

/**
 * TR8: those who are told the same of a change: everybody from a unit down that has chosen what its subtree is shown, or
 * had, as far as no unit below it has. So a change costs work by the number of open stages, however many watch.
 */
export class StageClasses {
  readonly #before: Staged;
  readonly #after: Staged;
  readonly paths: ReadonlySet<UnitPath>;
  readonly #changed = new Map<UnitPath, boolean>();

  constructor(before: Staged, after: Staged) {
    this.#before = before;
    this.#after = after;
    this.paths = new Set([REST, ...before.map.mains.keys(), ...after.map.mains.keys()]);
  }

  classOf(path: UnitPath): UnitPath {
    for (const at of upFrom(path)) if (this.paths.has(at)) return at;
    return REST;
  }

  /** The other classes, which lie below it or elsewhere. */
  othersOf(of: UnitPath): UnitPath[] {
    return [...this.paths].filter((path) => path !== of && path !== REST);
  }

  /** Whether who is in it has to hear of the change. */
  isChanged(of: UnitPath): boolean {
    const known = this.#changed.get(of);
    if (known !== undefined) return known;
    const changed = seen(this.#before, of) !== seen(this.#after, of);
    this.#changed.set(of, changed);
    return changed;
  }
}

/** What nobody's own things are part of. */
function seen({ floor, map }: Staged, path: UnitPath): string {
  const eye: Eye = { sight: { of: 'unit', unit: null }, stage: mainOf(map, path) };
  return JSON.stringify({ ...cutFloor(floor, map, eye, () => [], new Set()), seq: 0 });
}

/** TR7, TR12, TR21: whether an official reads another list of open stages now, of what was said to them, or of who looks where. */
export function areStagesOther(before: Staged, after: Staged, sight: Sight): boolean {
  if (before.floor.stages.length === 0 && after.floor.stages.length === 0) return false;
  const list = ({ floor, map }: Staged) =>
    JSON.stringify([overviewsFor(floor, map, sight), floor.gathers, looksSeen(floor, sight)]);
  return list(before) !== list(after);
}

/** Of those who stand on a stage. */
function looksSeen({ speakers, entered }: FloorState, sight: Sight): EnteredStage[] {
  if (entered.length === 0) return [];
  const stand = new Map(speakers.map(({ seat }) => [seat.identity, seat]));
  return entered.filter(({ identity }) => {
    const seat = stand.get(identity);
    return seat !== undefined && sees(sight, 'look', seat);
  });
}
