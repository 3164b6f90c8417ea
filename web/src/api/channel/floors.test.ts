import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call, Floor } from '../contract.ts';
import { takeFloor } from './floors.ts';

const ring = { id: 'a', state: 'ringing' } as Call;
const floor = (seq: number, calls: readonly Call[] = [], hands = 0): Floor => ({
  ...{ briefing: 'b', seq, speakers: [], hands: Array<Floor['hands'][number]>(hands).fill({} as never) },
  calls: [...calls],
});

test('FN1 a notice replaces what was there, a gap in the numbers is no matter, and an older one is dropped', () => {
  const first = { floor: floor(4, [], 2), ring: undefined };
  const second = takeFloor(first, floor(9));
  assert.deepEqual(second.floor, floor(9));
  assert.equal(takeFloor(second, floor(8, [], 1)), second);
  assert.deepEqual(takeFloor(second, floor(9, [], 1)).floor, floor(9, [], 1), 'the same again after a reconnect');
});

test('FN1 a ring of which the floor knows nothing any more has ended, and an older notice does not end it', () => {
  const rings = { floor: floor(4, [ring]), ring };
  assert.equal(takeFloor(rings, floor(5, [ring])).ring, ring);
  assert.equal(takeFloor(rings, floor(3)).ring, ring);
  assert.equal(takeFloor(rings, floor(5)).ring, undefined);
  assert.equal(takeFloor(rings, floor(5, [{ ...ring, state: 'accepted' }])).ring, undefined);
});
