import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person } from '../../../../test/support/floorPeople.ts';
import { emptyFloor, type FloorState, stagesOf } from '../../../domain/floor/FloorState.ts';
import { areStagesOther } from './stageClasses.ts';

const at = '2026-09-02T07:00:00.000Z';
const MANY = 300;
const seats = Array.from({ length: MANY }, (_, i) => person('b', 'moderator', `vn.${i}`).seat);

/** Everybody stands on the stage of their own unit, and looks into the room of another one. */
function floorOf(looked: string): FloorState {
  return {
    ...emptyFloor('b'),
    stages: seats.map(({ unit, path, name }) => ({ unit, path, name, since: at })),
    speakers: seats.map((seat) => ({
      ...{ seat, place: 'stage', since: at, muted: false, checked: true, call: null, stage: seat.path },
    })),
    entered: seats.map(({ identity }) => ({ identity, stage: looked })),
  };
}
const staged = (floor: FloorState) => ({ floor, map: stagesOf(floor, 'vn') });

test('TR21 an official is told of looks that they may know of, and whoever looks is compared with each who stands there once at most', () => {
  const [before, after] = [floorOf('vn.1'), floorOf('vn.2')];
  const [here, elsewhere] = ['vn', 'us'].map((territory) => ({ of: 'official', territory }) as const);
  assert.deepEqual(
    [here, elsewhere].map((sight) => sight && areStagesOther(staged(before), staged(after), sight)),
    [true, false],
  );
  let reads = 0;
  const counted = (floor: FloorState): FloorState => ({
    ...floor,
    speakers: floor.speakers.map((speaker) => ({
      ...speaker,
      seat: {
        ...speaker.seat,
        get identity() {
          reads += 1;
          return speaker.seat.identity;
        },
      },
    })),
  });
  const [one, other] = [before, after].map((floor) => ({ floor: counted(floor), map: stagesOf(floor, 'vn') }));
  if (one && other && here) areStagesOther(one, other, here);
  assert.ok(reads <= 10 * MANY, `${reads} reads of ${MANY} who stand`);
});
