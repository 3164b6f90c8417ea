import { upFrom } from '../../../domain/shared/territory.ts';
import { isScreen, territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { Seat } from '../../../protocol/floor.ts';

/**
 * Rooms of the order channel: receivers who see the same are in one room, so that a notice is written once for all of
 * them.
 */
export const rooms = {
  everyone: (briefing: string) => `briefing:${briefing}`,
  /** Seats: they see the stage and what is their own. */
  seats: (briefing: string) => `briefing:${briefing}:seats`,
  /** Screens: they see the stage. */
  screens: (briefing: string) => `briefing:${briefing}:screens`,
  /** The seats of one unit, which see in addition its own hands and calls. */
  seatsOf: (briefing: string, unit: string) => `briefing:${briefing}:seats:${unit}`,
  /** TR8: seats and screens of all units from this one down. */
  below: (briefing: string, path: string) => `briefing:${briefing}:below:${path}`,
  /** Every device of a unit, whatever its role: where a call rings. */
  unit: (briefing: string, unit: string) => `briefing:${briefing}:unit:${unit}`,
  /** Principals and moderators of one territory. */
  officials: (briefing: string, path: string) => `briefing:${briefing}:officials:${path}`,
  /** SH7: those who asked for stills of a shared screen. */
  stills: (briefing: string) => `briefing:${briefing}:stills`,
  device: (briefing: string, identity: string) => `briefing:${briefing}:device:${identity}`,
  /** By the session that stands behind the connection, whatever the briefing. */
  session: (session: string) => `session:${session}`,
  /** Always empty. */
  nobody: 'nobody',
};

/** What a device hears. */
export function roomsOf({ id }: Pick<Briefing, 'id'>, seat: Seat): string[] {
  if (isScreen(seat.role))
    return [rooms.everyone(id), rooms.screens(id), rooms.device(id, seat.identity), ...belowAll(id, seat)];
  const common = [rooms.everyone(id), rooms.unit(id, seat.unit), rooms.device(id, seat.identity)];
  const territory = territorySeen(seat);
  if (territory) return [...common, rooms.officials(id, territory)];
  return [...common, rooms.seats(id), rooms.seatsOf(id, seat.unit), ...belowAll(id, seat)];
}

/** All but the roots, of which nobody is told by this. */
const belowAll = (briefing: string, { path }: Seat): string[] =>
  [...upFrom(path)].slice(0, -1).map((at) => rooms.below(briefing, at));
