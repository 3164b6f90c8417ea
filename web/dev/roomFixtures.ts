import type { Floor, Speaker, StageLook, StageOverview } from '../src/api/contract.ts';
import type { Unit } from './country.ts';
import type { Answers } from './officeFixtures.ts';
import { smallPictureOf } from './pictures.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/**
 * Rooms of provinces: `room`: the province of whoever looks holds its own; `room-silent`: as it opens; `room-air`: a commune speaks in it; `rooms`: several do, of which one is empty;
 * `rooms-wall`: all of them do; `room-visit`: this device visits the first; `room-elsewhere`: it looks at another.
 */
export function inRooms(floor: Floor, page: string, state: string, units: readonly Unit[]): Floor {
  if (
    ![
      'room',
      'room-air',
      'room-silent',
      'rooms',
      'rooms-ending',
      'rooms-wall',
      'room-visit',
      'room-elsewhere',
    ].includes(state)
  )
    return floor;
  const provinces = units.filter(({ tier }) => tier === 'province');
  const count = state === 'rooms-wall' ? provinces.length : state.startsWith('rooms') ? 4 : 1;
  const stages = provinces.slice(0, count).map(
    ({ code, path, name }, i): StageOverview => ({
      ...{ unit: code, path, name, since: ago(620 - i * 90) },
      people: i % 7 === 2 ? [] : [`Ban điều hành ${name}`, ...(i === 1 ? ['UBND xã Thạnh Mỹ Tây'] : [])],
      shown: i % 7 !== 2,
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
  if (state === 'room-visit') {
    const host: Speaker = { ...chair, seat: { ...seat, identity: 'host' } };
    return { ...floor, speakers: [host, { ...pm, stage: own.path, home: 'vn' }], stage, stages };
  }
  const isThere = page === 'moderator' || page === 'commune' ? state !== 'room-elsewhere' : false;
  const mine = floor.speakers.filter(({ seat: { identity } }) => page === 'commune' && identity === 'me');
  const speakers = isThere ? [chair, ...mine.map((one) => ({ ...one, stage: own.path }))] : floor.speakers;
  const backAt = ago(-8);
  const gathers = [{ path: 'vn', eyes: false, backAt }];
  const ending = state === 'rooms-ending' && { backAt, gathers };
  const above = { name: null, identity: pm.seat.identity, speaker: pm.seat.name };
  return { ...floor, ...ending, speakers, ...(isThere && { stage, above }), ...(page !== 'commune' && { stages }) };
}

/** What the wall of rooms shows of each: one whose camera is off, and those on whose stage nobody is, give no picture. */
export const lookAnswers = ({ stages = [] }: Floor): Answers => [
  [
    /\/stages\/looks$/,
    () => ({
      looks: stages.map(({ unit, path, people, shown }, i): StageLook => {
        const isSeen = people.length > 0 && i % 9 !== 5;
        const picture = isSeen ? { identity: unit, at: ago(2), bytes: smallPictureOf(i) } : null;
        return { unit, path, watching: shown ? 97 + ((i * 37) % 160) : 0, picture };
      }),
    }),
  ],
];
