import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account, Unit } from '../../protocol/organisation.ts';
import { DirectiveProgress } from './DirectiveProgress.ts';
import { STATES_OF_ONE } from './limits.ts';

const unit = { code: 'vn', path: 'vn', tier: 'nation', name: 'Việt Nam' } as Unit;
const leader = (id: string): Account => ({ id, name: 'Thủ tướng', role: 'principal', unit });
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('FG68 a map is read once for all who ask at the same moment, and for one account so often and no more', async () => {
  const reads: (() => void)[] = [];
  const states = () =>
    new Promise((resolve) => reads.push(() => resolve({ at: '2026-11-27T01:00:00.000Z', units: [] })));
  const store = { find: async () => ({ issuer: { unit: 'vn', path: 'vn' } }), states };
  const units = { index: { find: () => unit }, get: () => unit };
  const board = new DirectiveProgress(store as never, units as never);
  const asked = Array.from({ length: STATES_OF_ONE.burst + 5 }, () => board.states(leader('a'), 'd'));
  const deputy = board.states(leader('b'), 'd');
  const settled = Promise.allSettled(asked);
  await turn();
  reads[0]?.();
  await turn();
  reads[1]?.();
  const refused = (await settled).flatMap((one) => (one.status === 'rejected' ? [one.reason.reason] : []));
  assert.deepEqual(refused, Array(5).fill('rate-limited'));
  await deputy;
  assert.equal(reads.length, 2, 'those who come while it is read share the next');
});
