import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testFiles } from './nodeTests.mjs';
import { dayOf, FOLDERS, isForOneNode, turnOf } from './severalNodes.mjs';

const files = FOLDERS.flatMap(testFiles);

test('whatever is tried against a server from outside runs on two nodes as well, each file within eight days', () => {
  const two = files.filter((file) => !isForOneNode(file));
  for (const file of [
    'conformance/roomService',
    'scenarios/rollcall/round',
    'scenarios/floor/call',
    'scenarios/directive/directive',
  ])
    assert.ok(two.includes(`server/test/${file}.test.ts`), file);
  const turns = [0, 1, 2, 3, 4, 5, 6, 7].map((day) => turnOf(two, 20_000 + day));
  assert.deepEqual(turns.flat().toSorted(), two.toSorted());
  assert.equal(dayOf(86_400_000 * 3 + 5), 3);
});

test('what makes its nodes itself is not doubled', () => {
  assert.ok(isForOneNode('server/test/scenarios/floor/twoNodes.test.ts'));
  assert.ok(isForOneNode('server/test/scenarios/cluster/facts.test.ts'));
});
