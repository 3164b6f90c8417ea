import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanes } from './lanes.mjs';

test('as many as allowed run at once, then two of a kind, and what must be alone runs alone, after them', async () => {
  const line = (name) => `server/test/scenarios/reach/poor${name}.test.ts`;
  const failure = (name) => `server/test/scenarios/cluster/failures/${name}.test.ts`;
  const churn = 'server/test/scenarios/sfu/churn.test.ts';
  const files = [
    'a/one.test.ts',
    churn,
    line('Line'),
    failure('cutOff'),
    line('Figures'),
    line('Slides'),
    failure('stoodStill'),
    'a/two.test.ts',
    'a/three.test.ts',
  ];
  const [done, running] = [[], new Set()];
  let most = 0;
  await inLanes(files, 3, async (file) => {
    running.add(file);
    most = Math.max(most, running.size);
    if (/churn/.test(file)) assert.equal(running.size, 1);
    for (const kind of [/poor/, /failures/])
      if (kind.test(file)) assert.ok(running.size <= 2 && [...running].every((one) => kind.test(one)));
    await new Promise(setImmediate);
    running.delete(file);
    done.push(file);
  });
  assert.equal(most, 3);
  assert.deepEqual(done.toSorted(), files.toSorted());
  assert.match(done.at(-1), /churn/);
});

test('while the machine idles more files run at once, one more at each look; while it is busy none', async () => {
  const most = async (busy) => {
    const files = Array.from({ length: 12 }, (_, i) => `a/${i}.test.ts`);
    let [running, top, looks] = [0, 0, 0];
    const load = { look: () => ++looks && busy };
    await inLanes(
      files,
      2,
      async () => {
        top = Math.max(top, ++running);
        while (looks < 6) await new Promise(setImmediate);
        running--;
      },
      { whileIdle: 3, load, lookMs: 1 },
    );
    return top;
  };
  assert.equal(await most(0.2), 5);
  assert.equal(await most(0.9), 2);
});
