import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  asOfficialSees,
  asSeatSees,
  notBefore,
  type RoundFacts,
  repromptsUntil,
  stateAt,
  takenAt,
} from './roundRules.ts';

const second = (n: number) => new Date(Date.UTC(2026, 8, 2, 7, 0, n));
const round: RoundFacts = {
  ...{ id: '0b0d7a5e-58f5-4f39-b2a1-3f9f3a4cfd6e', briefing: '6f0f0a43-9f83-4a5c-b5f0-8a0ff3a4f8c9', nr: 1 },
  ...{ question: 'Có mặt?', scope: ['vn'], expected: 3, openedAt: second(0), deadline: second(60) },
  ...{ lateUntil: second(90), closedAt: null, repromptSeconds: 20, answerers: ['chair'], proof: 'challenge' },
  ...{
    challenge: '07',
    quorum: { tier: 'province', percent: 90, units: ['vn.1'] },
    reopens: null,
    by: 'PM',
    version: 1,
  },
};

for (const [at, state] of [
  [0, 'open'],
  [59, 'open'],
  [60, 'due'],
  [89, 'due'],
  [90, 'closed'],
] as const)
  test(`RC3 RC8 after ${at} seconds: ${state}`, () => assert.equal(stateAt(round, second(at)), state));

test('RC3 RC8 a round on record as due is due by any clock, and takes what came before its deadline as in time', () => {
  const due = { ...round, dueAt: second(61) };
  assert.equal(stateAt(due, second(5)), 'due');
  assert.equal(stateAt(due, second(95)), 'closed');
  assert.equal(takenAt(due, second(59)), 'open');
  assert.deepEqual([notBefore(due, second(5)), notBefore(due, second(70))], [second(61), second(70)]);
  assert.deepEqual(notBefore(round, second(-300)), second(0));
});

test('RC3 what an official has closed is closed', () => {
  assert.equal(stateAt({ ...round, closedAt: second(10) }, second(11)), 'closed');
});

test('DL4 those who are missing are asked again at each multiple of the interval', () => {
  const times = [0, 19, 20, 39, 40, 65].map((at) => repromptsUntil(round, second(at)));
  assert.deepEqual(times, [0, 0, 1, 1, 2, 3]);
  assert.equal(repromptsUntil({ ...round, repromptSeconds: null }, second(65)), 0);
});

test('RC11 officials see the digits until the round is closed, seats never', () => {
  assert.equal(asOfficialSees(round, 'open').challenge, '07');
  assert.equal(asOfficialSees(round, 'closed').challenge, null);
  assert.equal(asSeatSees(round, 'open').challenge, null);
});

test('RC14 who is told of a quorum is told the rule, not the list', () => {
  assert.deepEqual(asSeatSees(round, 'open').quorum, { tier: 'province', percent: 90 });
});

test('FG145 a seat that is asked for a number is not told of which indicator it is', () => {
  const number = { label: 'Dự trữ', unit: 'tấn', scale: 0, min: 0, max: 9, soft: null, indicator: 'reserves' };
  const asking = { ...round, number };
  assert.equal(asOfficialSees(asking, 'open').number?.indicator, 'reserves');
  assert.deepEqual(asSeatSees(asking, 'open').number, { ...number, indicator: null });
  assert.equal('number' in asSeatSees(round, 'open'), false);
});
