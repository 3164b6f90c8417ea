import type { FloorState } from '../../../domain/floor/FloorState.ts';
import { territoriesOver } from '../../../domain/shared/whoSeesWhom.ts';
import type { Hand, Seat } from '../../../protocol/floor.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import { placesTold } from './cutFloor.ts';

/** Who has to hear of a change, by receiver class. */
export interface Receivers {
  /** Units whose own hands, places or calls changed, with their paths. */
  readonly units: ReadonlyMap<string, UnitPath>;
  /** Territories in which they lie. */
  readonly territories: ReadonlySet<string>;
}

/** FN5: a change of one unit's things costs the unit and the officials above it, however many watch. */
export function receiversOf(before: FloorState, after: FloorState, away: ReadonlySet<string>): Receivers {
  const units = new Map<string, UnitPath>();
  const territories = new Set<string>();
  const touch = (unit: string, path: string) => {
    units.set(unit, path);
    for (const territory of territoriesOver(path)) territories.add(territory);
  };
  for (const { unit, path } of movedUp(after.hands, placesTold(before, away), placesTold(after, away)))
    units.set(unit, path);
  for (const { seat } of differing(before.hands, after.hands, (h) => h.seat.identity)) touch(seat.unit, seat.path);
  for (const call of differing(before.calls, after.calls, (c) => c.id)) touch(call.unit, call.path);
  const speakers = differing(before.speakers, after.speakers, (s) => s.seat.identity);
  for (const { seat } of speakers) touch(seat.unit, seat.path);
  return { units, territories };
}

type Places = ReadonlyMap<string, number>;

/** FN8, FL60: those whose place in the queue is told, and is another one now. */
export function movedUp(hands: readonly Hand[], was: Places, is: Places): Seat[] {
  return hands
    .map(({ seat }) => seat)
    .filter(({ identity }) => is.has(identity) && is.get(identity) !== was.get(identity));
}

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
