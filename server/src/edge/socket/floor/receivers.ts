import type { FloorState } from '../../../domain/floor/FloorState.ts';
import { territoriesOver } from '../../../domain/shared/whoSeesWhom.ts';
import type { Speaker } from '../../../protocol/floor.ts';
import { PLACES_TOLD } from '../../../protocol/limits.ts';

/** Who has to hear of a change, by receiver class. */
export interface Receivers {
  /** The stage changed: everybody. Otherwise only those below. */
  readonly everyone: boolean;
  /** Units whose own hands, places or calls changed. */
  readonly units: ReadonlySet<string>;
  /** Territories in which they lie. */
  readonly territories: ReadonlySet<string>;
}

/** FN5: a change of one unit's things costs the unit and the officials above it, however many watch. */
export function receiversOf(before: FloorState, after: FloorState): Receivers {
  const units = new Set<string>();
  const territories = new Set<string>();
  const touch = (unit: string, path: string) => {
    units.add(unit);
    for (const territory of territoriesOver(path)) territories.add(territory);
  };
  for (const unit of movedUp(before, after)) units.add(unit);
  for (const { seat } of differing(before.hands, after.hands, (h) => h.seat.identity)) touch(seat.unit, seat.path);
  for (const call of differing(before.calls, after.calls, (c) => c.id)) touch(call.unit, call.path);
  const speakers = differing(before.speakers, after.speakers, (s) => s.seat.identity);
  for (const { seat } of speakers) touch(seat.unit, seat.path);
  return { everyone: speakers.some((s) => isPublic(s, before, after)), units, territories };
}

/** FN8: units whose place in the queue is told, and is another one now. */
function movedUp(before: FloorState, after: FloorState): string[] {
  return after.hands
    .slice(0, PLACES_TOLD)
    .filter(({ seat }, i) => before.hands[i]?.seat.identity !== seat.identity)
    .map(({ seat }) => seat.unit);
}

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
