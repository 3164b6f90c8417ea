import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../protocol/floor.ts';
import { summaryCall } from './summaryCall.ts';

const call = (state: Call['state'], answeredAt: string | null) =>
  summaryCall({ unitName: 'Phường Đa Kao', state, ringingAt: '2026-11-26T07:17:00.000Z', answeredAt } as Call);

test('RP9 a unit that could not answer is not said to have answered', () => {
  const at = '2026-11-26T07:17:00.640Z';
  assert.equal(call('ended', at).answerSeconds, 0.6);
  assert.equal(call('accepted', at).answerSeconds, 0.6);
  assert.equal(call('refused', at).answerSeconds, null);
  assert.equal(call('timed-out', null).answerSeconds, null);
});
