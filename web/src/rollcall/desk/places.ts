import { answeredOf, missingOf, neededOf, type RoundFigures, type ShownCount } from '../../api/channel/rounds.ts';
import { type Level, levelOf } from '../../organisation/desk/levels.ts';
import { parentOf, type RosterUnit, type RosterView } from '../../organisation/rosterView.ts';

/** A place in the wall: a province, a district, with its sums. */
export interface Place {
  readonly unit: RosterUnit;
  readonly count: ShownCount;
  readonly answered: number;
  /** Who is excused owes no answer, and lacks in no share. (RC32) */
  readonly needed: number;
  readonly missing: number;
  readonly level: Level;
  /** How many have answered since the figures were last read. */
  readonly delta: number;
  /** It does not satisfy the round's quorum. */
  readonly lacks: boolean;
}

/** Units directly below each unit, in path order. */
export function childrenOf(roster: RosterView): ReadonlyMap<string, readonly RosterUnit[]> {
  const children = new Map<string, RosterUnit[]>();
  for (const unit of roster.byCode.values()) {
    const parent = parentOf(unit.path);
    const known = children.get(parent);
    if (known) known.push(unit);
    else children.set(parent, [unit]);
  }
  return children;
}

/** Of those, the ones that the round has a row for (RC15). */
export function placesOf(units: readonly RosterUnit[], figures: RoundFigures): readonly Place[] {
  const lacking = new Set(figures.quorum?.missing);
  return units.flatMap((unit) => {
    const count = figures.counts.get(unit.code);
    if (!count || count.expected === 0) return [];
    return {
      unit,
      count,
      answered: answeredOf(count),
      needed: neededOf(count),
      missing: missingOf(count),
      level: levelOf(answeredOf(count), neededOf(count)),
      delta: figures.deltas.get(unit.code) ?? 0,
      lacks: lacking.has(unit.code),
    };
  });
}
