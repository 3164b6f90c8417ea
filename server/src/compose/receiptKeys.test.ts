import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { receiptKeys } from './receiptKeys.ts';

const YEARS_LATER = new Date('2029-11-27T00:00:00Z');

test('AU17 a start makes a key of receipts, and another a year later; beside other nodes, who could not know it, none', async (t) => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'dh-receipt-keys-'));
  t.after(() => rm(DATA_DIR, { recursive: true, force: true }));
  const startedAt = async (now: Date, ALLOW_SECOND_NODE = false) =>
    (await receiptKeys({ DATA_DIR, RECEIPT_KEYS_FILE: undefined, ALLOW_SECOND_NODE }, now)).map(({ id }) => id);

  const [first, ...more] = await startedAt(new Date('2026-11-27T00:00:00Z'), true);
  assert.deepEqual(more, []);
  assert.deepEqual(await startedAt(new Date('2027-11-26T00:00:00Z')), [first]);
  assert.deepEqual(await startedAt(YEARS_LATER, true), [first]);
  const both = await startedAt(YEARS_LATER);
  assert.equal(both.length, 2);
  assert.equal(both[0], first);
  assert.deepEqual(await startedAt(YEARS_LATER, true), both);
});
