import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanes } from './lanes.mjs';

test('as many as allowed run at once, then lines two by two, and what must be alone runs alone, after them', async () => {
  const line = (name) => `server/test/scenarios/reach/poor${name}.test.ts`;
  const churn = 'server/test/scenarios/sfu/churn.test.ts';
  const files = [
    'a/one.test.ts',
    churn,
    line('Line'),
    line('Figures'),
    line('Slides'),
    'a/two.test.ts',
    'a/three.test.ts',
  ];
  const [done, running] = [[], new Set()];
  let most = 0;
  await inLanes(files, 3, async (file) => {
    running.add(file);
    most = Math.max(most, running.size);
    if (/churn/.test(file)) assert.equal(running.size, 1);
    if (/poor/.test(file)) assert.ok(running.size <= 2 && [...running].every((one) => /poor/.test(one)));
    await new Promise(setImmediate);
    running.delete(file);
    done.push(file);
  });
  assert.equal(most, 3);
  assert.deepEqual(done.toSorted(), files.toSorted());
  assert.match(done.at(-1), /churn/);
});
