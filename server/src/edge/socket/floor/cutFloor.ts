import { type FloorState, isCallRunning } from '../../../domain/floor/FloorState.ts';
import { type Sight, sees, sightOf, territoriesOver, type Viewer } from '../../../domain/shared/sight.ts';
import type { Call, Floor, Speaker } from '../../../protocol/floor.ts';

/** FN2, FN3: the floor as everybody of the same sight sees it. */
export const cutFloor = (floor: FloorState, sight: Sight): Floor => ({
  briefing: floor.briefing,
  seq: floor.seq,
  speakers: floor.speakers.filter(({ place, seat }) => sees(sight, place === 'green' ? 'green' : 'stage', seat)),
  hands: floor.hands.filter(({ seat }) => sees(sight, 'hand', seat)),
  calls: floor.calls.filter((call) => sees(sight, 'call', call)),
});

export const cutFor = (floor: FloorState, viewer: Viewer): Floor => cutFloor(floor, sightOf(viewer));

/** Who has to hear of a change, by receiver class. */
export interface Reach {
  /** The stage changed: everybody. Otherwise only those below. */
  readonly everyone: boolean;
  /** Units whose own hands, places or calls changed. */
  readonly units: ReadonlySet<string>;
  /** Territories in which they lie. */
  readonly territories: ReadonlySet<string>;
}

/** FN5: a change of one unit's things costs the unit and the officials above it, however many watch. */
export function reachOf(before: FloorState, after: FloorState): Reach {
  const units = new Set<string>();
  const territories = new Set<string>();
  const touch = (unit: string, path: string) => {
    units.add(unit);
    for (const territory of territoriesOver(path)) territories.add(territory);
  };
  for (const { seat } of differing(before.hands, after.hands, (h) => h.seat.identity)) touch(seat.unit, seat.path);
  for (const call of differing(before.calls, after.calls, (c) => c.id)) touch(call.unit, call.path);
  const speakers = differing(before.speakers, after.speakers, (s) => s.seat.identity);
  for (const { seat } of speakers) touch(seat.unit, seat.path);
  return { everyone: speakers.some((s) => isPublic(s, before, after)), units, territories };
}

/** Units with something of their own on the floor. */
export const unitsOnFloor = (floor: FloorState): ReadonlySet<string> =>
  new Set([
    ...floor.hands.map((h) => h.seat.unit),
    ...floor.calls.map((c) => c.unit),
    ...floor.speakers.filter((s) => s.place === 'green').map((s) => s.seat.unit),
  ]);

const isPublic = ({ seat }: Speaker, before: FloorState, after: FloorState): boolean =>
  [before, after].some((f) => f.speakers.some((s) => s.seat.identity === seat.identity && s.place !== 'green'));

/** Items that came, went or changed; of a changed one the newer. */
function differing<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): T[] {
  const old = new Map(before.map((item) => [key(item), item]));
  const fresh = new Set(after.map(key));
  const changed = after.filter((item) => {
    const was = old.get(key(item));
    return was !== item && JSON.stringify(was) !== JSON.stringify(item);
  });
  return [...changed, ...before.filter((item) => !fresh.has(key(item)))];
}

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
