import type { OpenStage } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { ShownStage } from '../../protocol/stageRecord.ts';
import { mainOf, type StageMap, takesPart } from '../shared/stages.ts';
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

/** What everybody was shown from a moment on, until the next of them. */
export interface StageTime {
  readonly from: Date;
  readonly map: StageMap;
  readonly open: readonly OpenStage[];
}

/** TR2: a new one begins with each act that changes what anybody is shown; the first with the first act. Pure. */
export function stageTimes({ root, acts }: Pick<StageRecord, 'root' | 'acts'>): StageTime[] {
  const times: StageTime[] = [];
  let floor = emptyFloor('');
  let last: string | undefined;
  for (const { at, changes } of acts) {
    floor = applyChanges(floor, changes);
    const map = stagesOf(floor, root);
    const now = JSON.stringify([[...map.mains], [...map.eyes], [...map.occupied].sort()]);
    if (now === last) continue;
    last = now;
    times.push({ from: at, map, open: floor.stages });
  }
  return times;
}

/**
 * TR13: which stage a unit was shown, from when to when, by the acts of the floor; none, unless it took part.
 * Pure.
 */
export function stagesShown(record: StageRecord, path: UnitPath): ShownStage[] {
  if (!takesPart(path, record.scope)) return [];
  const shown: ShownStage[] = [];
  let last: UnitPath | undefined;
  for (const { from, map, open } of stageTimes(record)) {
    const stage = mainOf(map, path);
    if (stage === last) continue;
    last = stage;
    const now = from.toISOString();
    const before = shown.at(-1);
    if (before) shown[shown.length - 1] = { ...before, to: now };
    const its = open.find((s) => s.path === stage);
    shown.push({ unit: its?.unit ?? null, name: its?.name ?? null, from: now, to: null });
  }
  return shown;
}

/** TR13, TR18: when a unit was shown that stage, in ms. @param end of the last of them Pure. */
export const whenShown = (times: readonly StageTime[], path: UnitPath, stage: UnitPath, end: number) =>
  times.flatMap(({ from, map }, i) =>
    mainOf(map, path) === stage ? [{ from: from.getTime(), to: times[i + 1]?.from.getTime() ?? end }] : [],
  );
