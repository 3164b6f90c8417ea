import type { UnitPath } from '../../protocol/organisation.ts';
import type { ShownStage } from '../../protocol/stageRecord.ts';
import { mainOf, takesPart } from '../shared/stages.ts';
import { applyChanges, emptyFloor, type FloorChange, stagesOf } from './FloorState.ts';

/** What an act of the floor says of stages, in the order of the acts. */
export interface StageChange {
  readonly at: Date;
  readonly changes: readonly FloorChange[];
}

/** The acts of a briefing's floor, of which unit its own stage is, and which parts of the country take part in it. */
export interface StageRecord {
  readonly root: UnitPath;
  readonly scope: readonly UnitPath[];
  readonly acts: readonly StageChange[];
}

/**
 * TR13: which stage a unit was shown, from when to when, by the acts of the floor; none, unless it took part.
 * Pure.
 */
export function stagesShown({ root, scope, acts }: StageRecord, path: UnitPath): ShownStage[] {
  if (!takesPart(path, scope)) return [];
  const shown: ShownStage[] = [];
  let floor = emptyFloor('');
  let last: UnitPath | undefined;
  for (const { at, changes } of acts) {
    floor = applyChanges(floor, changes);
    const stage = mainOf(stagesOf(floor, root), path);
    if (stage === last) continue;
    last = stage;
    const now = at.toISOString();
    const before = shown.at(-1);
    if (before) shown[shown.length - 1] = { ...before, to: now };
    const open = floor.stages.find((s) => s.path === stage);
    shown.push({ unit: open?.unit ?? null, name: open?.name ?? null, from: now, to: null });
  }
  return shown;
}
