import type { AirTime } from '../../protocol/floor.ts';
import { applyChanges, emptyFloor, type FloorChange, type FloorState } from './FloorState.ts';

/** Whether anybody is on air: who is holding is not, and a session of a unit is none of the briefing's broadcast. */
export const isOnAir = ({ speakers }: Pick<FloorState, 'speakers'>): boolean =>
  speakers.some(({ place, stage }) => place === 'stage' && stage === undefined);

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
