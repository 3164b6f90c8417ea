import type { UnitPath } from '../../protocol/organisation.ts';
import { upFrom } from '../shared/territory.ts';

/** Units of one wave: of the tier below the briefing's unit. */
export interface JoinWindow {
  readonly group: UnitPath;
  /** From the opening of the doors, ms. */
  readonly fromMs: number;
}

/**
 * PL16: when each part of the country has its turn after the doors were opened: one after the other, each as long as its
 * expected units take at that rate. They are the same at each node, since all know the same roster.
 * @param stage the unit of the briefing
 * @param expected paths of the units that are expected
 */
export function joinWindows(
  stage: UnitPath,
  expected: Iterable<UnitPath>,
  perSecond: number,
): ReadonlyMap<UnitPath, JoinWindow> {
  const counts = new Map<UnitPath, number>();
  for (const path of expected) {
    const group = groupOf(stage, path);
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const windows = new Map<UnitPath, JoinWindow>();
  let before = 0;
  for (const [group, count] of counts) {
    windows.set(group, { group, fromMs: (before * 1_000) / perSecond });
    before += count;
  }
  return windows;
}

/** Of which part a unit is; undefined: it is the unit of the briefing, or not below it. */
export function groupOf(stage: UnitPath, path: UnitPath): UnitPath | undefined {
  let group: UnitPath | undefined;
  for (const at of upFrom(path)) {
    if (at === stage) return group;
    group = at;
  }
  return undefined;
}
