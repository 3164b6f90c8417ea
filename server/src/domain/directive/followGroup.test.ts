import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FollowActName, type FollowStatus, untouched } from './follow.ts';
import { addresseeKey, decideFollows, type FollowDecision, type FollowsMoment } from './followGroup.ts';
import type { FollowAsk } from './ports.ts';

const at = '2026-09-02T07:00:00.000001+00:00';
let keys = 0;
const ask = (unit: string, act: FollowActName, more: Partial<FollowAsk> = {}): FollowAsk => ({
  ...{ key: `key ${++keys}`, directive: 'd', unit, act, by: { account: unit, name: unit } },
  ...{ name: 'Lê Văn A', words: 'Rõ', promised: null, ...more },
});
const addressee = (status: Partial<FollowStatus> = {}, superseded = false) => {
  return { status: { ...untouched, ...status }, superseded };
};
const moment = (more: Partial<FollowsMoment> = {}): FollowsMoment => ({
  ...{
    at,
    known: new Map(),
    addressees: new Map(['1', '2'].map((u) => [addresseeKey({ directive: 'd', unit: u }), addressee()])),
  },
  ...more,
});
const said = (decision: FollowDecision) => {
  if (decision.kind === 'refused') return decision.error.reason;
  if (decision.kind === 'first') return decision.opened ? 'first read' : 'first delivered';
  return 'index' in decision ? `${decision.kind} ${decision.index}` : decision.kind;
};
const outcomes = (asks: readonly FollowAsk[], known: FollowsMoment = moment()) =>
  decideFollows(asks, known).decisions.map(said);

test('AK2 the same key is the same act, before this group and in it; another act under it is refused', () => {
  const one = ask('1', 'acknowledge');
  assert.deepEqual(outcomes([one, one, { ...one, act: 'refuse' }, { ...one, unit: '2' }]), [
    'new 0',
    'again 0',
    'conflict',
    'conflict',
  ]);
  const known = new Map([[one.key, { directive: 'd', unit: '1', act: 'acknowledge' }]]);
  assert.deepEqual(outcomes([one, { ...one, act: 'ask' }], moment({ known })), ['known', 'conflict']);
});

test('AK4 what was delivered or read before answers the act by which it was, of this group or of the past', () => {
  assert.deepEqual(
    outcomes([ask('1', 'delivered'), ask('1', 'acknowledge'), ask('1', 'delivered'), ask('1', 'read')]),
    ['new 0', 'new 1', 'again 0', 'again 1'],
  );
  assert.deepEqual(outcomes([ask('1', 'read'), ask('1', 'delivered')]), ['new 0', 'again 0']);
  const addressees = new Map([['d 1', addressee({ state: 'delivered', deliveredAt: 'then' })]]);
  assert.deepEqual(outcomes([ask('1', 'delivered'), ask('1', 'read'), ask('1', 'read')], moment({ addressees })), [
    'first delivered',
    'new 0',
    'again 0',
  ]);
  const read = new Map([['d 1', addressee({ state: 'read', deliveredAt: 'then', readAt: 'then' })]]);
  assert.deepEqual(outcomes([ask('1', 'read')], moment({ addressees: read })), ['first read']);
});

test('AK10 each act is decided after those before it, and moves its own addressee alone', () => {
  const { decisions, acts, moved } = decideFollows(
    [ask('1', 'acknowledge'), ask('1', 'refuse'), ask('1', 'done'), ask('3', 'read')],
    moment(),
  );
  assert.deepEqual(decisions.map(said), ['new 0', 'conflict', 'new 1', 'not-found']);
  assert.deepEqual(
    acts.map(({ act }) => act),
    ['acknowledge', 'done'],
  );
  assert.deepEqual([...moved.keys()], ['d 1']);
  const { state, deliveredAt, readAt, answeredAt, doneAt } = (moved.get('d 1') as { status: FollowStatus }).status;
  assert.deepEqual([state, deliveredAt, readAt, answeredAt, doneAt], ['done', at, at, at, at]);
});

test('DR20 on a superseded directive nothing is answered any more', () => {
  const addressees = new Map([['d 1', addressee({}, true)]]);
  assert.deepEqual(outcomes([ask('1', 'acknowledge'), ask('1', 'read')], moment({ addressees })), [
    'conflict',
    'new 0',
  ]);
});
