import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call, Speaker } from '../../protocol/floor.ts';
import { emptyFloor } from './FloorState.ts';
import { isWanted } from './isWanted.ts';

test('PL18 wanted is a unit that is called, and a device in the green room or on stage; nobody where no floor is', () => {
  const floor = {
    ...emptyFloor('b'),
    calls: [{ unit: '27145' } as Call],
    speakers: [{ seat: { identity: '27148.two' } } as Speaker],
  };
  const who = (identity: string, unit: string) => isWanted(floor, { identity, unit });
  assert.deepEqual(
    [who('27145.one', '27145'), who('27148.two', '27148'), who('27148.one', '27148')],
    [true, true, false],
  );
  assert.equal(isWanted(undefined, { identity: '27145.one', unit: '27145' }), false);
});
