import { type FloorState, isRunning } from '../../../domain/floor/FloorState.ts';
import type { Call, Floor, Seat, Speaker } from '../../../protocol/floor.ts';
import { within } from '../../../protocol/organisation.ts';
import { isOfficial, territoriesOf } from '../channel/rooms.ts';

/** FN2: the stage, and what belongs to the unit itself. `unit` null: a seat whose unit has nothing of its own on the floor. */
export function cutForSeat(floor: FloorState, unit: string | null): Floor {
  return {
    briefing: floor.briefing,
    seq: floor.seq,
    speakers: floor.speakers.filter((s) => s.place !== 'green' || s.seat.unit === unit),
    hands: floor.hands.filter((h) => h.seat.unit === unit),
    calls: floor.calls.filter((c) => c.unit === unit),
  };
}

/** FN3: the stage, and the hands, green room and calls of a territory. */
export function cutForOfficial(floor: FloorState, territory: string): Floor {
  return {
    briefing: floor.briefing,
    seq: floor.seq,
    speakers: floor.speakers.filter((s) => s.place !== 'green' || within(s.seat.path, territory)),
    hands: floor.hands.filter((h) => within(h.seat.path, territory)),
    calls: floor.calls.filter((c) => within(c.path, territory)),
  };
}

export const cutFor = (floor: FloorState, seat: Seat): Floor =>
  isOfficial(seat.role) ? cutForOfficial(floor, seat.path) : cutForSeat(floor, seat.unit);

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
    for (const territory of territoriesOf(path)) territories.add(territory);
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
    over: calls.filter((c) => !isRunning(c)),
  };
}
