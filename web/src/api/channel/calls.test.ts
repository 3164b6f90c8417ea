import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../contract.ts';
import { takeOver } from './calls.ts';

const callOf = (id: string, state: Call['state'], more: Partial<Call> = {}) => ({ id, state, ...more }) as Call;
const seen = { at: '2026-09-02T01:00:00.000Z', identity: 'a', name: 'A' };

test('FN4 SC16 a call ends once: that it was read of later, or answered elsewhere, is no outcome', () => {
  const none = { ring: undefined, lastCall: undefined, callNews: 0 };
  const refused = callOf('b', 'refused');
  const after = takeOver(none, refused);
  assert.deepEqual(after, { ring: undefined, lastCall: refused, callNews: 1 });
  // A call that nobody answered five minutes ago, which its unit has read of now.
  assert.deepEqual(takeOver(after, callOf('a', 'timed-out', { seen })), { ...after, callNews: 2 });
  const ringing = { ...after, ring: callOf('c', 'ringing') };
  const accepted = takeOver(ringing, callOf('c', 'accepted'));
  assert.deepEqual([accepted.ring, accepted.lastCall], [undefined, refused]);
  assert.equal(takeOver(accepted, callOf('c', 'ended')).lastCall?.id, 'c');
});
