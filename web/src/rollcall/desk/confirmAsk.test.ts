import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enterSchema } from '../../api/contract.ts';
import { Keys } from '../../session/Keys.ts';
import { confirmAsk, wishOf } from './confirmAsk.ts';

const round = crypto.randomUUID();
const own = (nr: number) => ({
  ...{ nr, at: '2026-09-02T01:00:00Z', account: crypto.randomUUID(), by: 'UBND' },
  ...{ answerer: 'chair' as const, name: null },
});

test('RC12 confirm carries a key: pressed again it is the same act, until it is done; another answer is another act', () => {
  const keys = new Keys();
  const press = (unit: string, nr: number) => enterSchema.parse(confirmAsk(keys, round, unit, own(nr)));
  const first = press('10001', 1);
  assert.deepEqual([first.as, first.confirms], ['confirm', 1]);
  assert.deepEqual(press('10001', 1), first);
  assert.notEqual(press('10001', 2).key, first.key);
  assert.notEqual(press('10002', 1).key, first.key);
  keys.done(wishOf(round, '10001', own(1)));
  assert.notEqual(press('10001', 1).key, first.key);
});
