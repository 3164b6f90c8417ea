import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWaves } from './inWaves.ts';

test('PL3 who is there goes in waves, in their order, and whoever comes meanwhile as well', async () => {
  const there = [1, 2, 3, 4, 5];
  const waves: number[][] = [];
  const send = (ones: readonly number[]) => {
    waves.push([...ones]);
    if (waves.length === 1) there.push(6);
    for (const one of ones) there.splice(there.indexOf(one), 1);
  };
  await inWaves({ left: () => there, send, perSecond: () => 20, signal: new AbortController().signal });
  assert.deepEqual(waves, [
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
});

test('PL3 fewer than one a step are owed to the next, and nobody goes after it was called off', async () => {
  const there = [1, 2, 3];
  const stop = new AbortController();
  const waves: number[] = [];
  let steps = 0;
  const left = () => {
    steps += 1;
    return there;
  };
  const send = ([one = 0]: readonly number[]) => {
    waves.push(one);
    there.shift();
    if (one === 2) stop.abort();
  };
  await inWaves({ left, send, perSecond: () => 5, signal: stop.signal });
  assert.deepEqual([waves, there, steps], [[1, 2], [3], 4]);
});

test('PL22 the pace is asked for at each step', async () => {
  const there = [1, 2, 3, 4, 5, 6];
  const waves: number[] = [];
  const paces = [10, 30];
  const send = (ones: readonly number[]) => {
    waves.push(ones.length);
    there.splice(0, ones.length);
  };
  const perSecond = () => paces.shift() ?? 20;
  await inWaves({ left: () => there, send, perSecond, signal: new AbortController().signal });
  assert.deepEqual(waves, [1, 3, 2]);
});
