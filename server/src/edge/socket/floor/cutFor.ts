import type { FloorState } from '../../../domain/floor/FloorState.ts';
import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import { shownTo } from '../../../domain/shared/stages.ts';
import { sightOf } from '../../../domain/shared/whoSeesWhom.ts';
import type { Floor, Seat } from '../../../protocol/floor.ts';
import { cutFloor, type NamesAbove } from './cutFloor.ts';

/** The floor as one device sees it. */
export function cutFor(live: LiveFloors, floor: FloorState, seat: Seat, namesAbove: NamesAbove): Floor {
  const map = live.stages(floor);
  const eye = { sight: sightOf(seat), stage: shownTo(map, seat.identity, seat.path) };
  return cutFloor(floor, map, eye, namesAbove, live.handsAway.of(floor.briefing));
}
