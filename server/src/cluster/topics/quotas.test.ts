import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spentTopic } from './quotas.ts';

test('CL43 what is not readable in what another node tells takes nothing else with it', () => {
  const told = [
    ['acts', 'somebody', 3],
    ['acts', 'x'.repeat(2_001), 3],
    ['acts', 'somebody', 0],
    'acts',
    ['acts', 'other', 1],
  ];
  assert.deepEqual(spentTopic.schema.parse(told), [
    ['acts', 'somebody', 3],
    ['acts', 'other', 1],
  ]);
  assert.equal(spentTopic.schema.safeParse('acts').success, false);
});
