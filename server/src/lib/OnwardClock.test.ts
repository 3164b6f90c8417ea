import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OnwardClock } from './OnwardClock.ts';

test('RC8 by what answers come in never goes back, and is behind nothing that it was told of', () => {
  let now = 100;
  const clock = new OnwardClock({ now: () => new Date(now) });
  const read = () => clock.now().getTime();
  assert.equal(read(), 100);
  now = 40;
  assert.equal(read(), 100);
  clock.reach(new Date(150));
  assert.equal(read(), 150);
  now = 170;
  assert.equal(read(), 170);
});
