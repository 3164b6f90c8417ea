import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../../protocol/briefing.ts';
import { demandProducer } from '../shared/rights.ts';
import { demandCancellable, planChange } from './planChange.ts';

const briefing = (state: Briefing['state']): Briefing => ({
  ...{ id: 'b', epoch: 3, state, title: 'T', stage: 'vn', scope: ['vn.79'], expected: 5 },
  ...{ scheduledAt: '2026-09-02T07:00:00.000Z', openedAt: null, liveAt: null, closedAt: null },
  ...{ agenda: [], producers: [], language: 'vi', rehearsal: false, notice: null },
});
const wanted = { epoch: 3, reason: 'bão' };

test('BR7 another time is told with the time before, anything else as a change, and nothing at all changes nothing', () => {
  const later = planChange(briefing('scheduled'), { ...wanted, scheduledAt: '2026-09-02T09:00:00Z' });
  assert.notEqual(later, 'same');
  if (later === 'same') return;
  assert.deepEqual(later.notice, { kind: 'moved', reason: 'bão', from: '2026-09-02T07:00:00.000Z' });
  const titled = planChange(briefing('live'), { ...wanted, title: 'U', agenda: [{ title: 'a' }] });
  assert.partialDeepStrictEqual(titled, { notice: { kind: 'changed', from: null }, plan: { title: 'U', expected: 5 } });
  assert.equal(planChange(briefing('open'), { ...wanted, scheduledAt: '2026-09-02T14:00:00+07:00' }), 'same');
  const place = { scope: ['vn.79'], expected: 6 };
  assert.equal(planChange(briefing('open'), wanted, place), 'same', 'who is expected was frozen with the doors');
});

test('BR7 with open doors the scope stays, when it is live the time as well; an older epoch and a closed one are refused', () => {
  const elsewhere = { scope: ['vn.01'], expected: 1 };
  assert.partialDeepStrictEqual(planChange(briefing('scheduled'), wanted, elsewhere), { plan: elsewhere });
  for (const [state, change, place] of [
    ['open', {}, elsewhere],
    ['live', { scheduledAt: '2026-09-02T09:00:00Z' }, undefined],
    ['scheduled', { epoch: 2, title: 'U' }, undefined],
  ] as const)
    assert.throws(() => planChange(briefing(state), { ...wanted, ...change }, place), { reason: 'conflict' });
  assert.throws(() => planChange(briefing('closed'), wanted), { reason: 'briefing-closed' });
});

test('BR9 what has begun is ended, not called off', () => {
  for (const state of ['scheduled', 'open'] as const) demandCancellable(briefing(state), 3);
  assert.throws(() => demandCancellable(briefing('scheduled'), 2), { reason: 'conflict' });
  assert.throws(() => demandCancellable(briefing('live'), 3), { reason: 'conflict' });
  assert.throws(() => demandCancellable(briefing('closed'), 3), { reason: 'briefing-closed' });
});

test('BR8 a producer is a moderator who may join', () => {
  const person = (role: 'principal' | 'moderator' | 'seat', path: string) => ({ id: 'a', role, unit: { path } });
  for (const path of ['vn', 'vn.79', 'vn.79.1']) demandProducer(person('moderator', path), ['vn.79']);
  for (const wrong of [undefined, person('principal', 'vn'), person('seat', 'vn.79.1'), person('moderator', 'vn.01')])
    assert.throws(() => demandProducer(wrong, ['vn.79']), { reason: 'bad-request' });
});
