import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { randomOf } from '../../test/support/randomOf.ts';
import { atOnce, inTurns, type Slices, sliced, sorted } from './slices.ts';

test('sorted in slices is what sorting at once is, also of equals, and of a list that is in order the same list', () => {
  const random = randomOf(7);
  for (const count of [0, 1, 2, 1_999, 2_000, 2_001, 4_000, 9_001]) {
    const items = Array.from({ length: count }, (_, nr) => ({ key: Math.floor(random() * (count / 3)), nr }));
    const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
    const all = atOnce(sorted(items, byKey));
    assert.deepEqual(all, items.toSorted(byKey), `${count} items`);
    assert.equal(atOnce(sorted(all, byKey)), all);
  }
});

test('however many works follow each other, others have their turn in between', async () => {
  const spin = function* (ms: number): Slices<void> {
    const began = performance.now();
    while (performance.now() - began < ms);
    yield;
  };
  let turns = 0;
  let isOver = false;
  const others = (async () => {
    for (; !isOver; turns += 1) await turn();
  })();
  for (let i = 0; i < 8; i += 1) await inTurns(spin(15));
  isOver = true;
  await others;
  assert.ok(turns >= 8, `others had ${turns} turns`);
});

test('sliced stops after each thousand', () => {
  const seen: number[] = [];
  const work = sliced([...Array(2_500).keys()], (i) => seen.push(i));
  const stops: number[] = [];
  while (!work.next().done) stops.push(seen.length);
  assert.deepEqual([stops, seen.length], [[1_000, 2_000], 2_500]);
});
