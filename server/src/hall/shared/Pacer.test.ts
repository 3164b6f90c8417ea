import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pacer } from './Pacer.ts';

test('thousands of steps at one moment leave the loop to others in between', async () => {
  const pacer = new Pacer();
  let [done, before, most] = [0, 0, 0];
  const turn = () => {
    most = Math.max(most, done - before);
    before = done;
    if (done < 2_000) setImmediate(turn);
  };
  setImmediate(turn);
  await new Promise<void>((resolve) => {
    for (let i = 0; i < 2_000; i++) {
      pacer.add(async () => {
        await null;
        if (++done === 2_000) resolve();
      });
    }
  });
  assert.ok(most <= 64, `${most} steps in one turn`);
});

test('steps begin in order, and so many at one time that others still get their turn', async () => {
  const pacer = new Pacer();
  const begun: number[] = [];
  const release: (() => void)[] = [];
  for (let i = 0; i < 100; i++) {
    pacer.add(
      () =>
        new Promise<void>((resolve) => {
          begun.push(i);
          release.push(resolve);
        }),
    );
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  assert.deepEqual(
    begun,
    Array.from({ length: 32 }, (_, i) => i),
  );
  await turn();
  assert.equal(begun.length, 32);
  for (const go of release.splice(0, 10)) go();
  await turn();
  await turn();
  assert.equal(begun.length, 42);
  while (release.length > 0) {
    for (const go of release.splice(0)) go();
    await turn();
    await turn();
  }
  assert.equal(begun.length, 100);
});
