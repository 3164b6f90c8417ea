import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PictureWishes, WISHES_AT_ONCE } from './PictureWishes.ts';

test('FB6 changes beyond the budget wait for their turn, and only the last of them is made', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  const pass = (ms: number) => {
    now += ms;
    t.mock.timers.tick(ms);
  };
  const made: number[] = [];
  const wishes = new PictureWishes(20, () => now);
  for (let nr = 0; nr < 50; nr++) wishes.do(() => made.push(nr));
  assert.equal(made.length, WISHES_AT_ONCE);
  pass(2_999);
  assert.equal(made.length, WISHES_AT_ONCE);
  pass(2);
  assert.deepEqual(made.slice(WISHES_AT_ONCE), [49]);
  wishes.do(() => made.push(50));
  wishes.forget();
  pass(10_000);
  assert.equal(made.at(-1), 49);
});

test('FB6 without a limit each change is made', () => {
  let made = 0;
  const wishes = new PictureWishes(0);
  for (let nr = 0; nr < 50; nr++) wishes.do(() => made++);
  assert.equal(made, 50);
});
