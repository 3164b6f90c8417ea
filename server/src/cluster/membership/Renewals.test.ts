import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEWS_MS } from '../bus/Freshness.ts';
import { Renewals } from './Renewals.ts';

const lease = (at: number) => ({ boot: 'b', at });

test('CL5 a lease that changes is renewed, whatever the clocks of two nodes say', () => {
  const renewals = new Renewals();
  const HOUR = 3_600_000;
  const living = (at: number, now: number) => renewals.living([lease(at)], now, now).length;
  assert.equal(living(0, 0), 1);
  assert.equal(living(HOUR, 1_000), 1, 'PostgreSQL was set forward, and this node does not know yet');
  assert.equal(living(1_000, 2_000), 1, 'and back');
});

test('CL5 one that was kept is none: at once when it is old, after a while when it is new', () => {
  const renewals = new Renewals();
  const living = (at: number, now: number) => renewals.living([lease(at)], now, now).length;
  assert.equal(living(0, 2 * NEWS_MS), 0);
  assert.equal(living(0, 2 * NEWS_MS + 1_000), 0);
  assert.equal(living(2 * NEWS_MS, 2 * NEWS_MS + 2_000), 1);
  assert.equal(living(2 * NEWS_MS, 3 * NEWS_MS + 2_000), 0);
  renewals.living([], 0, 0);
  assert.equal(living(2 * NEWS_MS, 9 * NEWS_MS), 0, 'forgotten, and looked at anew');
});
