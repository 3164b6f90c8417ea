import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LostStore } from './LostStore.ts';

test('CH18 a page whose acts are refused for four seconds for want of a store goes to another node, if one is ready, once in half a minute', async () => {
  let now = 0;
  let ready = true;
  const store = new LostStore(
    async () => ready,
    () => now,
  );
  const refusedAt = (ms: number) => {
    now = ms;
    return store.refused();
  };
  assert.equal(await refusedAt(0), false);
  assert.equal(await refusedAt(3_900), false);
  store.took();
  assert.equal(await refusedAt(4_500), false, 'something was done in between');
  assert.equal(await refusedAt(8_500), true);
  assert.equal(await refusedAt(20_000), false);
  ready = false;
  assert.equal(await refusedAt(40_000), false, 'no other node would take it');
});
