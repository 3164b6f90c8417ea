import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError, refuse } from '../../protocol/errors.ts';
import type { EntryRecord } from './entryRules.ts';
import { decideOpening, type OpeningMoment } from './opening.ts';
import type { AskedUnit, NewRound } from './ports.ts';
import type { RoundFacts } from './roundRules.ts';

const now = new Date('2026-09-02T07:00:00.000Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const units: AskedUnit[] = ['vn.1.11', 'vn.1.12', 'vn.2.21'].map((path) => ({ unit: path.slice(-2), path }));
const wanted: NewRound = {
  ...{ briefing: 'b', key: 'k', question: '?', scope: ['vn'], seconds: 60, lateSeconds: 30, repromptSeconds: null },
  ...{ answerers: ['chair'], proof: 'tap', challenge: null, quorum: null, by: { account: 'pm', name: 'PM' } },
};
const round: RoundFacts = {
  ...{ id: 'r', briefing: 'b', nr: 1, question: '?', scope: ['vn'], expected: 3, openedAt: later(-100) },
  ...{ deadline: later(-40), lateUntil: later(20), closedAt: null, repromptSeconds: null, answerers: ['chair'] },
  ...{ proof: 'tap', challenge: null, quorum: null, reopens: null, by: 'PM', version: 1 },
};
const entry = (unit: string, kind: EntryRecord['kind'] = 'answer'): EntryRecord => ({
  ...{ round: 'r', unit, seq: 1, kind, key: unit, at: now, late: false, account: unit, by: unit, identity: unit },
  ...{ answerer: 'chair', name: null, note: null },
});
const moment = (more: Partial<OpeningMoment> = {}): OpeningMoment => ({
  ...{ now, briefing: 'live', lastNr: 0, source: { from: 'briefing', units, vouched: true } },
  ...more,
});
const again = (whom: 'all' | 'missing', more: object = {}): OpeningMoment =>
  moment({ source: { from: 'round', whom, round, units, entries: [], ...more } });
const decide = (at: OpeningMoment, more: Partial<NewRound> = {}) =>
  decideOpening(at, { ...wanted, ...more }, () => ['vn.1', 'vn.2']);
const refusal = (at: OpeningMoment, more: Partial<NewRound> = {}) => {
  try {
    decide(at, more);
  } catch (error) {
    return error instanceof DomainError ? error.reason : error;
  }
  return 'opened';
};

test('RC2 rounds are opened in a briefing that is open or live', () => {
  const table = { scheduled: 'not-live', open: 'opened', live: 'opened', closed: 'briefing-closed' } as const;
  for (const [briefing, outcome] of Object.entries(table) as [keyof typeof table, string][])
    assert.equal(refusal(moment({ briefing })), outcome, briefing);
});

test('RC1 whom a round asks, and which of them it keeps itself', () => {
  const table: [scope: string[], vouched: boolean, asked: string[], own: string[]][] = [
    [['vn'], true, ['11', '12', '21'], []],
    [['vn'], false, ['11', '12', '21'], ['11', '12', '21']],
    [['vn.1', 'vn.2'], true, ['11', '12', '21'], []],
    [['vn.1'], true, ['11', '12'], ['11', '12']],
    [['vn.2.21', 'vn.1.12'], true, ['12', '21'], ['12', '21']],
  ];
  const codes = (some: readonly AskedUnit[]) => some.map(({ unit }) => unit);
  for (const [scope, vouched, asked, own] of table) {
    const opening = decide(moment({ source: { from: 'briefing', units, vouched } }), { scope });
    assert.deepEqual([codes(opening.units), codes(opening.own)], [asked, own], scope.join(' '));
    assert.equal(opening.former, undefined);
  }
  assert.equal(refusal(moment(), { scope: ['vn.3'] }), 'bad-request');
});

test('RC1 RC3 its number follows the last one, and its moments its opening', () => {
  const { nr, openedAt, deadline, lateUntil, quorum } = decide(moment({ lastNr: 4 }));
  assert.deepEqual([nr, openedAt, deadline, lateUntil, quorum], [5, now, later(60), later(90), null]);
});

test('RC14 the units of the quorum are frozen with the round', () => {
  const quorum = { tier: 'province', percent: 90 };
  assert.deepEqual(decide(moment(), { quorum }).quorum, { ...quorum, units: ['vn.1', 'vn.2'] });
  const none = () => {
    throw refuse('bad-request', 'none');
  };
  assert.throws(() => decideOpening(moment(), { ...wanted, quorum }, none), { reason: 'bad-request' });
});

test('RC5 a round is asked again of all, or of those who are missing', () => {
  const codes = (at: OpeningMoment) => decide(at).units.map(({ unit }) => unit);
  assert.deepEqual(codes(again('all')), ['11', '12', '21']);
  assert.deepEqual(codes(again('missing', { entries: [entry('11'), entry('21', 'excused')] })), ['12']);
  const official = { round: { ...round, proof: 'official' } };
  const waits = codes(again('missing', { ...official, entries: [entry('11')] }));
  assert.deepEqual(waits, ['12', '21'], 'an answer that waits for an official is one');
  assert.equal(refusal(again('missing', { entries: units.map(({ unit }) => entry(unit)) })), 'conflict');
  assert.equal(refusal(again('all', { round: undefined, units: [] })), 'not-found');
});

test('RC5 the round that is asked again is closed with it, unless it is already', () => {
  assert.deepEqual(decide(again('all')).former, { round, closes: true });
  const closed = { ...round, closedAt: later(-1) };
  assert.deepEqual(decide(again('all', { round: closed })).former, { round: closed, closes: false });
});
