import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BriefingState } from '../../protocol/briefing.ts';
import { closesNow, countsAsOf, decideExtension, finalCounts, type RoundMoment } from './ending.ts';
import type { EntryRecord } from './entryRules.ts';
import type { RoundFacts } from './roundRules.ts';

const second = (n: number) => new Date(Date.UTC(2026, 8, 2, 7, 0, n));
const round: RoundFacts = {
  ...{ id: 'r', briefing: 'b', nr: 1, question: '?', scope: ['vn'], expected: 5, openedAt: second(0) },
  ...{ deadline: second(60), lateUntil: second(90), closedAt: null, repromptSeconds: null, answerers: ['chair'] },
  ...{ proof: 'tap', challenge: null, quorum: null, reopens: null, by: 'PM', version: 1 },
};
const moment = (at: number, briefing: BriefingState = 'live', more: Partial<RoundFacts> = {}): RoundMoment => ({
  ...{ now: second(at), briefing, round: { ...round, ...more } },
});

test('RC4 an open round is extended from its deadline, a due one from now, and its late time with it', () => {
  assert.deepEqual(decideExtension(moment(30), 20), { deadline: second(80), lateUntil: second(110) });
  assert.deepEqual(decideExtension(moment(70), 20), { deadline: second(90), lateUntil: second(120) });
});

test('RC4 what is closed is not extended', () => {
  for (const over of [moment(90), moment(30, 'closed'), moment(30, 'live', { closedAt: second(20) })])
    assert.throws(() => decideExtension(over, 20), { reason: 'too-late' });
});

test('RC3 an official closes a round at any time, the system when its late time or its briefing is over', () => {
  const table: [RoundMoment, official: boolean, system: boolean][] = [
    [moment(30), true, false],
    [moment(89), true, false],
    [moment(90), true, true],
    [moment(30, 'closed'), true, true],
    [moment(30, 'closed', { closedAt: second(20) }), false, false],
  ];
  for (const [at, official, system] of table)
    assert.deepEqual([closesNow(at, 'official'), closesNow(at, 'system')], [official, system]);
});

const none = {
  ...{ called: 0, absent: 0, answered: 0, late: 0, substituted: 0, official: 0, excused: 0, unconfirmed: 0, away: 0 },
};

test('RC3 the record of the end has every unit in one state', () => {
  const entry = (unit: string, kind: EntryRecord['kind'], more: Partial<EntryRecord> = {}) => {
    return { unit, kind, late: false, answerer: kind === 'answer' ? ('chair' as const) : null, ...more };
  };
  const entries = [
    entry('1', 'answer'),
    entry('2', 'answer', { late: true }),
    entry('3', 'excused'),
    entry('3', 'official'),
    entry('4', 'answer', { answerer: 'substitute' }),
  ];
  const counts = finalCounts(round, entries);
  assert.deepEqual(counts, { ...none, answered: 1, late: 1, official: 1, substituted: 1, absent: 1 });
  const unconfirmed = finalCounts({ ...round, proof: 'official' }, [entry('1', 'answer')]);
  assert.deepEqual(unconfirmed, { ...none, unconfirmed: 1, absent: 4 });
});

test('RC3 RC7 RC25 counts that a version before a state has sealed are those of the same entries', () => {
  const now = { ...none, answered: 2, unconfirmed: 1, away: 1, absent: 1 };
  const { unconfirmed: _, away: __, ...first } = { ...none, answered: 2, absent: 3 };
  const { away: ___, ...second } = { ...none, answered: 2, unconfirmed: 1, absent: 2 };
  assert.deepEqual(countsAsOf(first, now), { ...none, ...first });
  assert.deepEqual(countsAsOf(second, now), { ...none, ...second });
  assert.deepEqual(countsAsOf(now, now), now, 'who knows the state has counted it');
});

test('RC25 RC26 a unit that says it is absent is counted once, by its reason or by its excuse', () => {
  const own = (unit: string, kind: EntryRecord['kind']) => {
    return { unit, kind, late: false, answerer: kind === 'correction' ? ('chair' as const) : null };
  };
  const counts = finalCounts(round, [
    ...[own('1', 'absence'), own('2', 'absence'), own('2', 'correction')],
    ...[own('3', 'excused'), own('3', 'absence'), own('4', 'official'), own('4', 'absence')],
  ]);
  assert.deepEqual(counts, { ...none, away: 2, answered: 1, excused: 1, absent: 1 });
  assert.equal(
    Object.values(counts).reduce((sum, n) => sum + n),
    round.expected,
  );
});
