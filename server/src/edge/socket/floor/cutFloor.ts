import { type FloorState, isCallRunning } from '../../../domain/floor/FloorState.ts';
import { type Sight, sees, sightOf, type Viewer } from '../../../domain/shared/whoSeesWhom.ts';
import type { Call, Floor, Hand } from '../../../protocol/floor.ts';
import { PLACES_TOLD } from '../../../protocol/limits.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';

/** PN10: names of the units above one, the nearest first, without the root. */
export type NamesAbove = (path: UnitPath) => readonly string[];

/** FN2, FN3: the floor as everybody of the same sight sees it. */
export const cutFloor = (floor: FloorState, sight: Sight, namesAbove: NamesAbove): Floor => ({
  briefing: floor.briefing,
  seq: floor.seq,
  speakers: floor.speakers
    .filter(({ place, seat }) => sees(sight, place === 'green' ? 'green' : 'stage', seat))
    .map((speaker) => ({ ...speaker, above: namesAbove(speaker.seat.path) })),
  hands: sight.of === 'unit' ? ownHands(floor, sight) : floor.hands.filter(({ seat }) => sees(sight, 'hand', seat)),
  calls: floor.calls.filter((call) => sees(sight, 'call', call)),
});

/** FN8: with their places, which the others in the queue would tell an official. */
const ownHands = ({ hands }: FloorState, sight: Sight): Hand[] =>
  hands.flatMap((hand, i) => {
    if (!sees(sight, 'hand', hand.seat)) return [];
    return i < PLACES_TOLD ? { ...hand, place: i + 1 } : hand;
  });

export const cutFor = (floor: FloorState, viewer: Viewer, namesAbove: NamesAbove): Floor =>
  cutFloor(floor, sightOf(viewer), namesAbove);

/** Units with something of their own on the floor. */
export const unitsOnFloor = (floor: FloorState): ReadonlySet<string> =>
  new Set([
    ...floor.hands.map((h) => h.seat.unit),
    ...floor.calls.map((c) => c.unit),
    ...floor.speakers.filter((s) => s.place === 'green').map((s) => s.seat.unit),
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
