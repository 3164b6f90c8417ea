import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanes } from './lanes.mjs';

test('as many as allowed run at once, and what must be alone runs alone, after them', async () => {
  const files = ['a/one.test.ts', 'server/test/scenarios/sfu/churn.test.ts', 'a/two.test.ts', 'a/three.test.ts'];
  const [done, running] = [[], new Set()];
  let most = 0;
  await inLanes(files, 2, async (file) => {
    running.add(file);
    most = Math.max(most, running.size);
    if (/churn/.test(file)) assert.equal(running.size, 1);
    await new Promise(setImmediate);
    running.delete(file);
    done.push(file);
  });
  assert.equal(most, 2);
  assert.deepEqual(done.toSorted(), files.toSorted());
  assert.match(done.at(-1), /churn/);
});
