import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRAFTS, draftsIn, isNothing } from './keptHere.ts';

test('WB3 drafts are counted, those of others too', () => {
  const keys = ['dh.theme', `${DRAFTS}a`, `${DRAFTS}b`, `${DRAFTS}c`, 'dh.devices'];
  assert.deepEqual(draftsIn(keys, 'a'), { own: 1, others: 2 });
  assert.deepEqual(draftsIn(keys, 'z'), { own: 0, others: 3 });
  assert.deepEqual(draftsIn(['dh.theme'], 'a'), { own: 0, others: 0 });
});

test('WB3 there is nothing to ask for only when nothing of anybody waits', () => {
  const none = { own: 0, others: 0 };
  assert.equal(isNothing({ unsent: none, drafts: none }), true);
  for (const some of [
    { own: 1, others: 0 },
    { own: 0, others: 1 },
  ]) {
    assert.equal(isNothing({ unsent: some, drafts: none }), false);
    assert.equal(isNothing({ unsent: none, drafts: some }), false);
  }
});
