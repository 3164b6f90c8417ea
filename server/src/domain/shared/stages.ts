import { type UnitPath, within } from '../../protocol/organisation.ts';
import { upFrom } from './territory.ts';

/**
 * The stages of a briefing, as far as it matters who is shown which. A stage is named by the path of its unit; the
 * briefing's own one is always on.
 */
export interface StageMap {
  /** The briefing's own stage. */
  readonly root: UnitPath;
  /** TR2: the programme of subtrees: which stage is shown to whom from this unit down. */
  readonly mains: ReadonlyMap<UnitPath, UnitPath>;
  /** TR11: units that are shown the same as all below them, whatever those have chosen. */
  readonly eyes: ReadonlySet<UnitPath>;
  /** Stages below the root on which somebody stands, or is held while their line is down. */
  readonly occupied: ReadonlySet<UnitPath>;
  /** TR5: devices that stand on a stage, or whose official has entered one. */
  readonly chosen: ReadonlyMap<string, UnitPath>;
}

/** A briefing in which nobody holds a session of their own. */
export const oneStage = (root: UnitPath): StageMap => {
  return { root, mains: new Map(), eyes: new Set(), occupied: new Set(), chosen: new Map() };
};

/**
 * TR2, TR3, TR11: the stage that a subtree is shown: what the nearest unit above has chosen, as long as anybody is there;
 * below a unit that has all eyes on it, what that unit is shown.
 */
export function mainOf({ root, mains, eyes, occupied }: StageMap, path: UnitPath): UnitPath {
  if (mains.size === 0) return root;
  let from = path;
  if (eyes.size > 0) for (const at of upFrom(path)) if (eyes.has(at)) from = at;
  for (const at of upFrom(from)) {
    const stage = mains.get(at);
    if (stage !== undefined && (stage === root || occupied.has(stage))) return stage;
  }
  return root;
}

/** TR5: the stage that one device is shown. */
export const shownTo = (map: StageMap, identity: string, path: UnitPath): UnitPath =>
  map.chosen.get(identity) ?? mainOf(map, path);

/** TR21: at which stage somebody looks who stands on one; undefined: at that one. @param stage on which they stand */
export function lookFrom(
  map: StageMap,
  { identity, path }: { readonly identity: string; readonly path: UnitPath },
  stage = map.root,
): UnitPath | undefined {
  const shown = shownTo(map, identity, path);
  return shown === stage ? undefined : shown;
}

/**
 * What a stage is to somebody. main: seen and heard. aside: one above theirs, which is kept ready for them and silent.
 * none: not theirs, and nobody tells them who is there.
 */
export type StageRelation = 'main' | 'aside' | 'none';

/** TR1. Pure; asked for each viewer and publisher, so it looks nothing up twice. */
export function relationTo(
  map: StageMap,
  viewer: { identity: string; path: UnitPath },
  stage: UnitPath,
): StageRelation {
  const shown = shownTo(map, viewer.identity, viewer.path);
  if (shown === stage) return 'main';
  return stage === map.root || within(viewer.path, stage) || within(shown, stage) ? 'aside' : 'none';
}

/** TR1: the same the other way round: every stage that is more than `none` to them, whether or not it is open. */
export function stagesAround(map: StageMap, viewer: { identity: string; path: UnitPath }): Set<UnitPath> {
  return new Set([map.root, ...upFrom(viewer.path), ...upFrom(shownTo(map, viewer.identity, viewer.path))]);
}

/** TR8: devices that see a stage by their own choice of it or of one below, wherever their units lie. */
export function* devicesWithin({ chosen }: StageMap, stage: UnitPath): Generator<string> {
  for (const [identity, shown] of chosen) if (within(shown, stage)) yield identity;
}

/** TR8: whether this device is one of them. */
export function choseWithin({ chosen }: StageMap, identity: string, stage: UnitPath): boolean {
  const shown = chosen.get(identity);
  return shown !== undefined && within(shown, stage);
}

/**
 * TR8: units below which somebody may be shown another stage after a change than before it, but for what devices have
 * chosen themselves. Both are of one briefing.
 */
export function touchedUnits(before: StageMap, after: StageMap): Set<UnitPath> {
  const touched = new Set<UnitPath>();
  for (const [unit, stage] of [...before.mains, ...after.mains]) {
    const isOther = before.mains.get(unit) !== after.mains.get(unit);
    if (isOther || before.occupied.has(stage) !== after.occupied.has(stage)) touched.add(unit);
  }
  for (const unit of [...before.eyes, ...after.eyes])
    if (before.eyes.has(unit) !== after.eyes.has(unit)) touched.add(unit);
  return touched;
}

/** TR8: devices that have chosen otherwise than before. */
export function touchedDevices({ chosen: before }: StageMap, { chosen: after }: StageMap): Set<string> {
  return new Set(
    [...before.keys(), ...after.keys()].filter((identity) => before.get(identity) !== after.get(identity)),
  );
}

/** TR4: whether a unit may be put on a stage: on its own, or on one above it. */
export const mayStandOn = (path: UnitPath, stage: UnitPath): boolean => within(path, stage);

/** TR1: whether a unit takes part in a briefing, so that it may hold a session of its own in it. */
export const takesPart = (path: UnitPath, scope: readonly UnitPath[]): boolean =>
  scope.some((part) => within(path, part) || within(part, path));
