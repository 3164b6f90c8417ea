import { type FloorState, isCallRunning } from '../../../domain/floor/FloorState.ts';
import { lookFrom, mainOf, type StageMap } from '../../../domain/shared/stages.ts';
import { isBelow, overlap } from '../../../domain/shared/territory.ts';
import { isInChair, type Sight, sees } from '../../../domain/shared/whoSeesWhom.ts';
import type { Call, Floor, Hand, Speaker, StageOverview } from '../../../protocol/floor.ts';
import { PLACES_TOLD } from '../../../protocol/limits.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';

/** PN10: names of the units above one, the nearest first, without the root. */
export type NamesAbove = (path: UnitPath) => readonly string[];

/** Those who see the same: what they may see, and the stage that they are shown. */
export interface Eye {
  readonly sight: Sight;
  readonly stage: UnitPath;
}

/**
 * FN2, FN3, TR2: the floor of the stage that they are shown, as everybody of the same sight sees it.
 * @param away identities of hands that are counted in nobody's place (FL60)
 */
export function cutFloor(
  floor: FloorState,
  map: StageMap,
  { sight, stage }: Eye,
  namesAbove: NamesAbove,
  away: ReadonlySet<string>,
): Floor {
  const isThere = (at: { readonly stage?: UnitPath | undefined }) => (at.stage ?? map.root) === stage;
  const open = floor.stages.find((s) => s.path === stage);
  const stages = overviewsFor(floor, map, sight);
  return {
    briefing: floor.briefing,
    seq: floor.seq,
    speakers: floor.speakers
      .filter((s) => isThere(s) && sees(sight, s.place === 'green' ? 'green' : 'stage', s.seat))
      .map((speaker) => ({ ...speaker, above: namesAbove(speaker.seat.path), ...awayOf(floor, map, sight, speaker) })),
    hands:
      sight.of === 'unit'
        ? ownHands(floor, sight, away)
        : floor.hands.filter((hand) => isThere(hand) && sees(sight, 'hand', hand.seat)),
    calls: floor.calls.filter((call) => sees(sight, 'call', call)),
    ...(open && { stage: open, ...aboveOf(floor, map, stage) }),
    ...(stages.length > 0 && { stages }),
    ...endOf(floor, stage),
    ...gathersFor(floor, sight),
  };
}

/** TR21: that they look elsewhere everybody is told who sees that they stand here; at what, who may know of the look. */
function awayOf(
  floor: FloorState,
  map: StageMap,
  sight: Sight,
  { place, seat, stage }: Speaker,
): Pick<Speaker, 'away'> {
  const shown = lookFrom(map, seat, stage);
  if (place === 'green' || shown === undefined) return {};
  const room = floor.stages.find(({ path }) => path === shown)?.name ?? null;
  return { away: sees(sight, 'look', seat) ? { room } : {} };
}

/** TR16, TR21: what is shown above it, and of whom a small picture is seen: a principal before others, then who came last. */
function aboveOf(floor: FloorState, map: StageMap, stage: UnitPath): Pick<Floor, 'above'> {
  const above = mainOf(map, stage.slice(0, stage.lastIndexOf('.')));
  const isSeen = ({ place, seat, stage = map.root }: Speaker) =>
    place === 'stage' && stage === above && lookFrom(map, seat, stage) === undefined;
  const there = floor.speakers.filter(isSeen);
  const seen = there.find(({ seat }) => isInChair(seat)) ?? there.at(-1);
  if (above === stage || !seen) return {};
  const name = floor.stages.find(({ path }) => path === above)?.name ?? null;
  return { above: { name, identity: seen.seat.identity, speaker: seen.seat.name } };
}

/** TR12: when this stage ends, by the first of the units above it that has said so. */
function endOf({ gathers }: FloorState, stage: UnitPath): Pick<Floor, 'backAt'> {
  const [first] = gathers.flatMap(({ path, backAt }) => (backAt && isBelow(stage, path) ? backAt : [])).sort();
  return first === undefined ? {} : { backAt: first };
}

function gathersFor({ gathers }: FloorState, sight: Sight): Pick<Floor, 'gathers'> {
  if (sight.of !== 'official') return {};
  const seen = gathers.filter(({ path }) => overlap(path, sight.territory) !== undefined);
  return seen.length > 0 ? { gathers: seen } : {};
}

/** TR7: the open stages that concern an official: those of the territory, and those above it. */
export function overviewsFor(floor: FloorState, map: StageMap, sight: Sight): StageOverview[] {
  if (sight.of !== 'official') return [];
  return floor.stages
    .filter(({ path }) => overlap(path, sight.territory) !== undefined)
    .map((stage) => ({
      ...stage,
      people: floor.speakers.filter((s) => s.stage === stage.path && s.place !== 'green').map((s) => s.seat.name),
      shown: mainOf(map, stage.path) === stage.path,
    }));
}

/** FN8: with their places, which the others in the queue would tell an official. */
const ownHands = (floor: FloorState, sight: Sight, away: ReadonlySet<string>): Hand[] => {
  const places = placesTold(floor, away);
  return floor.hands.flatMap((hand) => {
    if (!sees(sight, 'hand', hand.seat)) return [];
    const place = places.get(hand.seat.identity);
    return place === undefined ? hand : { ...hand, place };
  });
};

/** FN8, FL60, TR4: places that are told, by device; each stage has its own queue, in which those away are not counted. */
export function placesTold({ hands }: FloorState, away: ReadonlySet<string>): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { seat, stage = '' } of hands) {
    const place = (counts.get(stage) ?? 0) + 1;
    if (!away.has(seat.identity)) counts.set(stage, place);
    if (place <= PLACES_TOLD) told.set(seat.identity, place);
  }
  return told;
}

/** Units with something of their own on the floor, with their paths. */
export const unitsOnFloor = (floor: FloorState): ReadonlyMap<string, UnitPath> =>
  new Map([
    ...floor.hands.map((h) => [h.seat.unit, h.seat.path] as const),
    ...floor.calls.map((c) => [c.unit, c.path] as const),
    ...floor.speakers.filter((s) => s.place === 'green').map((s) => [s.seat.unit, s.seat.path] as const),
  ]);

/** FN4: bells to start, bells to stop, and calls of which officials hear the end. */
export function bells(before: FloorState, after: FloorState, calls: readonly Call[]) {
  const rang = new Set(before.calls.filter((c) => c.state === 'ringing').map((c) => c.id));
  const known = new Map([...after.calls, ...calls].map((c) => [c.id, c]));
  const all = [...known.values()];
  return {
    ring: all.filter((c) => c.state === 'ringing' && !rang.has(c.id)),
    silence: all.filter((c) => c.state !== 'ringing' && rang.has(c.id)),
    over: calls.filter((c) => !isCallRunning(c)),
  };
}
