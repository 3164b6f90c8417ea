import assert from 'node:assert/strict';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import type { EntryOutcome } from '../../src/domain/rollcall/ports.ts';

/** What was recorded, with its receipt, which proves it. */
export const done = (outcome: EntryOutcome | undefined) => {
  assert.ok(outcome && 'record' in outcome, JSON.stringify(outcome));
  const receipt = outcome.receipt.read();
  assert.ok(receiptHolds(receipt));
  return { ...outcome, receipt };
};

export const reason = (outcome: EntryOutcome | undefined) =>
  outcome && 'error' in outcome ? (outcome.error as { reason: string }).reason : 'recorded';
