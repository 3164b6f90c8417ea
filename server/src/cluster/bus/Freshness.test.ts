import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Freshness, NEWS_MS } from './Freshness.ts';

const START = 1_000_000;

/** A node whose clock stands `skew` beside that of the one who speaks. */
function listener(skew = 0) {
  let elapsed = 0;
  const clock = { now: () => new Date(START + elapsed + skew) };
  const freshness = new Freshness(clock, () => elapsed);
  return {
    after: (ms: number) => {
      elapsed += ms;
    },
    hears: (boot: string, number: number, at = START + elapsed) => freshness.staleness({ boot, number, at }),
  };
}

test('CL2 numbers of a boot only rise, and boots count for themselves', () => {
  const { hears, after } = listener();
  after(10);
  assert.deepEqual([hears('a', 1), hears('a', 1), hears('b', 1)], [undefined, 'repeated', undefined]);
  assert.deepEqual([hears('a', 5), hears('a', 3), hears('a', 6)], [undefined, 'repeated', undefined]);
});

test('CL2 what was said before a node was there is old, though it has never heard of its sender', () => {
  const { hears, after } = listener();
  after(100);
  assert.equal(hears('a', 7, START - 1), 'old');
  assert.equal(hears('a', 8, START), undefined);
});

test('CL2 what was said long ago, or will be said, is old; clocks may differ by less', () => {
  const { hears, after } = listener(NEWS_MS / 2);
  after(10 * NEWS_MS);
  assert.equal(hears('a', 1), undefined);
  assert.equal(hears('a', 2, START + 9 * NEWS_MS), 'old');
  assert.equal(hears('a', 3, START + 12 * NEWS_MS), 'old');
  assert.equal(hears('a', 4), undefined);
});

test('CL2 a boot that was forgotten after a silence brings nothing back', () => {
  const { hears, after } = listener();
  after(1);
  const said = START + 1;
  assert.equal(hears('a', 9), undefined);
  after(4 * NEWS_MS);
  assert.equal(hears('b', 1), undefined);
  assert.equal(hears('a', 9, said), 'old');
  assert.equal(hears('a', 10), undefined);
});
