import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { takesPart } from '../shared/stages.ts';
import { isBelow } from '../shared/territory.ts';
import { type FloorChange, type Gather, isGathering, speakerOf } from './FloorState.ts';
import { closeStages, opened, type StageUnit, said } from './openStages.ts';
import type { Moment } from './ports.ts';
import { placed, requireLive } from './stageActs.ts';

/**
 * TR10: every unit of a tier gets its stage in one act, with an official of its own on it where one is free. Who has a
 * stage already keeps it.
 * @param chairs officials who are here, by the code of their unit
 * @param by name of who opens them
 * @throws DomainError `not-found`, `not-live`, `briefing-closed`
 */
export function breakOut(
  moment: Moment,
  units: readonly StageUnit[],
  chairs: ReadonlyMap<string, readonly Seat[]>,
  by: string,
): FloorChange[] {
  requireLive(moment);
  const { floor, briefing } = moment;
  const tier = units.filter(({ path }) => isBelow(path, briefing.stage) && takesPart(path, briefing.scope));
  if (tier.length === 0) throw refuse('not-found', 'no unit of the tier below takes part in this briefing');
  return tier
    .filter(({ path }) => !floor.stages.some((s) => s.path === path))
    .flatMap((unit) => {
      const chair = chairs.get(unit.code)?.find((seat) => isFree(moment, seat));
      return [...opened(moment, unit, by), ...(chair ? placed(moment, chair, 'stage', null, unit.path) : [])];
    });
}

function isFree({ floor }: Moment, { identity }: Seat): boolean {
  const speaker = speakerOf(floor, identity);
  // Who waits in a green room is sending already, and would be on air unasked.
  return !floor.removed.includes(identity) && speaker === undefined;
}

/** TR11: from now on everybody below is shown what the unit is shown, or what they have chosen again. */
export function gatherEyes(moment: Moment, path: UnitPath, eyes: boolean): FloorChange[] {
  requireLive(moment);
  const known = gatherAt(moment, path);
  return known.eyes === eyes ? [] : [said(known, { eyes })];
}

/** TR12: all stages below the unit end after so many seconds, of which each is told; at once for none. */
export function startBack(moment: Moment, path: UnitPath, seconds: number): FloorChange[] {
  requireLive(moment);
  const known = gatherAt(moment, path);
  if (stagesBelow(moment, path).length === 0 && !isGathering(known)) return [];
  if (seconds === 0) return goBack(moment, path);
  if (known.backAt !== null) return [];
  return [said(known, { backAt: new Date(moment.now.getTime() + seconds * 1_000).toISOString() })];
}

/** TR12: they go on after all. */
export function stay(moment: Moment, path: UnitPath): FloorChange[] {
  const known = gatherAt(moment, path);
  return known.backAt === null ? [] : [said(known, { backAt: null })];
}

/** TR12: a wake-up that comes early, twice or late: PostgreSQL's clock decides. */
export function backIfDue(moment: Moment, path: UnitPath): FloorChange[] {
  const { backAt } = gatherAt(moment, path);
  return backAt === null || Date.parse(backAt) > moment.now.getTime() ? [] : goBack(moment, path);
}

function goBack(moment: Moment, path: UnitPath): FloorChange[] {
  const known = gatherAt(moment, path);
  return [
    ...closeStages(moment, stagesBelow(moment, path)),
    ...(isGathering(known) ? [said(known, { eyes: false, backAt: null })] : []),
  ];
}

const stagesBelow = ({ floor }: Moment, path: UnitPath): UnitPath[] =>
  floor.stages.map((s) => s.path).filter((stage) => isBelow(stage, path));

const gatherAt = ({ floor }: Moment, path: UnitPath): Gather =>
  floor.gathers.find((g) => g.path === path) ?? { path, eyes: false, backAt: null };
