import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import { decideEntries, type EntriesMoment, type EntryDecision, recordOf } from './entryGroup.ts';
import type { EntryAsk, EntryRecord } from './entryRules.ts';
import type { RoundFacts } from './roundRules.ts';

const now = new Date('2026-09-02T07:00:30.000Z');
const second = (n: number) => new Date(Date.UTC(2026, 8, 2, 7, 0, n));
const round = (id: string, more: Partial<RoundFacts> = {}): RoundFacts => ({
  ...{ id, briefing: 'b', nr: 1, question: '?', scope: ['vn'], expected: 5, openedAt: second(0), deadline: second(60) },
  ...{ lateUntil: second(90), closedAt: null, repromptSeconds: null, answerers: ['chair'], proof: 'tap' },
  ...{ challenge: null, quorum: null, reopens: null, by: 'PM', version: 1, ...more },
});
const moment = (more: Partial<EntriesMoment> = {}): EntriesMoment => ({
  ...{ now, briefing: 'live', rounds: new Map([['r', { round: round('r'), seq: 7 }]]), standing: [], ...more },
});
let keys = 0;
const ask = (unit: string, more: Partial<EntryAsk> = {}): EntryAsk => ({
  ...{ round: 'r', unit, kind: 'answer', key: `key ${++keys}`, answerer: 'chair', name: null, note: null },
  ...{ by: { account: unit, name: unit, identity: `${unit}.a`, address: '::1' }, challenge: null },
  ...{ received: now, ...more },
});
const said = (decision: EntryDecision) => {
  if ('error' in decision) return decision.error instanceof DomainError ? decision.error.reason : decision.error;
  return decision.first ? decision.record.seq : `again ${decision.record.seq}`;
};

test('DL7 entries are numbered in the order in which they came, each after what those before it have done', () => {
  const one = ask('1');
  const { decisions, fresh, last } = decideEntries([one, ask('2'), one, ask('1')], moment());
  assert.deepEqual(decisions.map(said), [8, 9, 'again 8', 'again 8']);
  assert.deepEqual(
    fresh.map(({ ask: { unit }, record }) => [unit, record.unit, record.seq, record.late]),
    [
      ['1', '1', 8, false],
      ['2', '2', 9, false],
    ],
  );
  assert.deepEqual([...last], [['r', 9]]);
});

test('RC20 a correction is as late as what it corrects, and of two at once one is done', () => {
  const standing: EntryRecord = { ...recordOf(ask('1'), 3, second(70), true) };
  const wish = (unit: string) => ask(unit, { kind: 'correction', own: 1, received: second(59) });
  const asks = [wish('1'), wish('1'), ask('2'), wish('2')];
  const { decisions, fresh } = decideEntries(asks, moment({ standing: [standing], now: second(80) }));
  assert.deepEqual(decisions.map(said), [8, 'conflict', 9, 10]);
  assert.deepEqual(
    fresh.map(({ record }) => record.late),
    [true, false, false],
  );
});

test('DL7 a refusal concerns its own ask alone, and takes no number', () => {
  const asks = [ask('1', { answerer: 'substitute' }), ask('2', { round: 'other' }), ask('3')];
  const { decisions, last } = decideEntries(asks, moment());
  assert.deepEqual(decisions.map(said), ['forbidden', 'not-found', 8]);
  assert.deepEqual([...last], [['r', 8]]);
});

test('RC9 DL8 what was recorded before stands, also when the round or the briefing is over', () => {
  const { challenge: _, received: __, by, ...rest } = ask('1');
  const before: EntryRecord = {
    ...rest,
    seq: 3,
    at: now,
    late: false,
    account: by.account,
    by: by.name,
    identity: by.identity,
  };
  const rounds = new Map([['r', { round: round('r', { closedAt: now }), seq: 7 }]]);
  for (const over of [moment({ standing: [before], rounds }), moment({ standing: [before], briefing: 'closed' })]) {
    const { decisions, fresh, last } = decideEntries([ask('1'), ask('2')], over);
    assert.deepEqual(decisions.map(said), ['again 3', 'too-late']);
    assert.deepEqual([fresh.length, last.size], [0, 0]);
  }
});

test('RC8 after the deadline an answer is late; several rounds are numbered each by itself', () => {
  const due = { round: round('due', { deadline: second(20) }), seq: 0 };
  const rounds = new Map([
    ['r', { round: round('r'), seq: 7 }],
    ['due', due],
  ]);
  const asks = [ask('1'), ask('1', { round: 'due' }), ask('2', { round: 'due' })];
  const { fresh, last } = decideEntries(asks, moment({ rounds }));
  assert.deepEqual(
    fresh.map(({ record }) => [record.round, record.seq, record.late]),
    [
      ['r', 8, false],
      ['due', 1, true],
      ['due', 2, true],
    ],
  );
  assert.deepEqual(Object.fromEntries(last), { r: 8, due: 2 });
});

test('RC8 when an answer came in decides whether it is late, not when it is recorded', () => {
  const recorded = moment({ now: second(95) });
  const asks = [59, 60, 89, 90, 99].map((n) => ask(`${n}`, { received: second(n) }));
  const { decisions, fresh } = decideEntries([...asks, ask('0', { received: new Date(0) })], recorded);
  assert.deepEqual(decisions.map(said), [8, 9, 10, 'too-late', 'too-late', 11]);
  assert.deepEqual(
    fresh.map(({ record }) => [record.unit, record.late, record.at]),
    [
      ['59', false, second(59)],
      ['60', true, second(60)],
      ['89', true, second(89)],
      ['0', false, second(0)],
    ],
  );
});
