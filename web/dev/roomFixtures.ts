import type { Floor, Speaker, StageOverview } from '../src/api/contract.ts';
import type { Unit } from './country.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/**
 * Rooms of provinces: `room`: the province of whoever looks holds its own; `rooms`: several do, of which one is empty;
 * `room-elsewhere`: this device looks at another.
 */
export function inRooms(floor: Floor, page: string, state: string, units: readonly Unit[]): Floor {
  if (!['room', 'rooms', 'rooms-ending', 'room-elsewhere'].includes(state)) return floor;
  const provinces = units.filter(({ tier }) => tier === 'province');
  const stages = provinces.slice(0, state.startsWith('rooms') ? 4 : 1).map(
    ({ code, path, name }, i): StageOverview => ({
      ...{ unit: code, path, name, since: ago(620 - i * 90) },
      people: i === 2 ? [] : [`Ban điều hành ${name}`, ...(i === 1 ? ['UBND xã Thạnh Mỹ Tây'] : [])],
      shown: i !== 2,
    }),
  );
  const [own] = stages;
  const [pm] = floor.speakers;
  if (!own || !pm) return floor;
  const { people: _, shown: __, ...stage } = own;
  const seat = {
    ...pm.seat,
    name: `Ban điều hành ${own.name}`,
    path: own.path,
    unit: own.unit,
    role: 'moderator' as const,
  };
  const chair: Speaker = { ...pm, seat: page === 'moderator' ? { ...seat, identity: 'me' } : seat, stage: own.path };
  const isThere = page === 'moderator' || page === 'commune' ? state !== 'room-elsewhere' : false;
  const speakers = isThere ? [chair] : floor.speakers;
  const backAt = ago(-8);
  const gathers = [{ path: 'vn', eyes: false, backAt }];
  const ending = state === 'rooms-ending' && { backAt, gathers };
  return { ...floor, ...ending, speakers, ...(isThere && { stage }), ...(page !== 'commune' && { stages }) };
}
