import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Follow, followStateSchema } from '../../protocol/directive.ts';
import { axisOf, openStates, timingOf, yearOf } from './timing.ts';

const DEADLINE = 1_000;
const at = (
  now: number,
  state: Follow['state'],
  {
    doneAt = null,
    deadline = DEADLINE,
    directive = 'issued' as const,
  }: {
    doneAt?: number | null;
    deadline?: number | null;
    directive?: 'issued' | 'recalled' | 'superseded';
  } = {},
) => timingOf({ state, doneAt }, { deadline, state: directive }, now);

test('DR21 without a deadline there is no timing', () => {
  assert.equal(at(5_000, 'done', { doneAt: 4_000, deadline: null }), 'none');
  assert.equal(at(5_000, 'sent', { deadline: null }), 'none');
});

test('DR21 done at the deadline is on time, a millisecond later is late, whatever became of the directive', () => {
  for (const directive of ['issued', 'recalled', 'superseded'] as const) {
    assert.equal(at(9_000, 'done', { doneAt: DEADLINE, directive }), 'on-time');
    assert.equal(at(9_000, 'done', { doneAt: DEADLINE + 1, directive }), 'late');
  }
});

test('DR21 who is not done is overdue as soon as the deadline has passed, if anything is still asked of it', () => {
  const overdue = followStateSchema.options.filter((state) => at(DEADLINE + 1, state) === 'overdue');
  assert.deepEqual(overdue, [
    ...(['sent', 'delivered', 'read', 'question', 'acknowledged', 'in-progress', 'recall-refused'] as const),
  ]);
  for (const state of followStateSchema.options) {
    assert.equal(at(DEADLINE, state), 'none', state);
    assert.equal(at(DEADLINE + 1, state, { directive: 'superseded' }), 'none', state);
  }
  assert.equal(at(DEADLINE + 1, 'acknowledged', { directive: 'recalled' }), 'overdue');
});

test('DR14 open is what still asks something of the unit', () => {
  const closed = followStateSchema.options.filter((state) => !openStates.includes(state));
  assert.deepEqual(closed, ['refused', 'done', 'recalled']);
});

test('DR22 each state has its place on the national axis', () => {
  const axis = followStateSchema.options.map((state) => [state, axisOf(state, null)]);
  assert.deepEqual(Object.fromEntries(axis), {
    sent: null,
    delivered: '01',
    read: '01',
    question: '01',
    acknowledged: '03',
    refused: '02',
    'in-progress': '05',
    done: '06',
    'recall-asked': '13',
    recalled: '15',
    'recall-refused': '16',
  });
  assert.equal(axisOf('acknowledged', '2026-12-01'), '04');
});

test('DR1 the year turns with the calendar in Viet Nam', () => {
  assert.equal(yearOf(new Date('2026-12-31T16:59:59.999Z')), 2026);
  assert.equal(yearOf(new Date('2026-12-31T17:00:00.000Z')), 2027);
});
