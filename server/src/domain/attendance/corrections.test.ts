import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideCorrection } from './corrections.ts';
import type { NewCorrection } from './ports.ts';

test('AT10 the same key records one correction; another under it is refused', () => {
  const wanted: NewCorrection = {
    ...{ key: 'k', briefing: 'b', unit: '11', verdict: 'excused', reason: 'lũ', account: 'a', by: 'A' },
  };
  assert.equal(decideCorrection(wanted, undefined), true);
  assert.equal(decideCorrection({ ...wanted, by: 'renamed since' }, wanted), false);
  for (const other of [{ unit: '12' }, { verdict: 'absent' }, { reason: 'khác' }, { account: 'b' }] as const)
    assert.throws(() => decideCorrection({ ...wanted, ...other }, wanted), { reason: 'conflict' });
});
