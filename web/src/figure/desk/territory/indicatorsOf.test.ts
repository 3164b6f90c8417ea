import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitingOf } from './indicatorsOf.ts';

test('FG15 a batch that is held whole waits with each of its values', () => {
  const batch = {
    batch: 7,
    at: '',
    source: 'moh',
    sourceName: '',
    reason: null,
    say: null,
    indicators: [],
    values: 90,
  };
  const held = { values: 2, list: [], batches: [batch, { ...batch, batch: 8, values: 10 }] };
  assert.equal(waitingOf({ held }), 102);
  assert.equal(waitingOf({ held: { values: 0, list: [], batches: [] } }), 0);
});

test('FG15 FG16 how many values wait is what the server has counted, however few are listed', () => {
  const held = { values: 2, list: [], batches: [], inBatches: { batches: 300, values: 4_000 } };
  assert.equal(waitingOf({ held, contested: [], contests: { values: 431, from: 0, toAnswer: 420 } }), 4_422);
});
