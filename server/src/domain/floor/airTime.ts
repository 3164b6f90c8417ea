import type { AirTime } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { applyChanges, emptyFloor, type FloorChange, type FloorState } from './FloorState.ts';

/**
 * Whether anybody is on air: who is holding is not, nor who looks into the room of a unit (TR21), and a session of a unit
 * is none of the briefing's broadcast.
 */
export function isOnAir({ speakers, entered, stages }: Pick<FloorState, 'speakers' | 'entered' | 'stages'>): boolean {
  const isOpen = (stage: UnitPath) => stages.some(({ path }) => path === stage);
  const away = new Set(entered.flatMap((look) => (isOpen(look.stage) ? [look.identity] : [])));
  return speakers.some((s) => s.place === 'stage' && s.stage === undefined && !away.has(s.seat.identity));
}

/** FL20: what the acts of a floor, in their order, make of it. Pure. */
export function airTimeOf(
  briefing: string,
  acts: readonly { readonly at: Date; readonly changes: readonly FloorChange[] }[],
): AirTime {
  let floor = emptyFloor(briefing);
  let since: Date | null = null;
  let beforeMs = 0;
  for (const { at, changes } of acts) {
    floor = applyChanges(floor, changes);
    if (isOnAir(floor) === (since !== null)) continue;
    // A clock that was set back takes nothing away.
    if (since) beforeMs += Math.max(0, at.getTime() - since.getTime());
    since = since ? null : at;
  }
  return { briefing, since: since?.toISOString() ?? null, beforeMs };
}
