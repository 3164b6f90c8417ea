import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Receipt } from '../../protocol/record.ts';
import { untouched } from '../directive/follow.ts';
import type { EntryRecord } from '../rollcall/entryRules.ts';
import { aboutKey, decideTakenIn, type LostMoment, recordAgain } from './decide.ts';
import type { ActRow, AnswerRow, Offered } from './offered.ts';

const [round, directive, account, restore] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const at = (second: number): string => `2026-09-02T08:00:${String(second).padStart(2, '0')}+00:00`;
const place = { chain: 'briefing:b', seal: 7, leaf: 0 };
const receipt = {} as Receipt;

const answer = (more: Partial<AnswerRow> = {}): Offered => {
  const row: AnswerRow = {
    ...{ ...place, round, seq: 9, unit: '00001', kind: 'answer', key: randomUUID(), at: at(1), late: false },
    ...{ account, account_name: 'Chủ tịch', identity: '00001.a', address: '10.0.0.1' },
    ...{ answerer: 'chair', name: null, note: null, ...more },
  };
  return { kind: 'answer', receipt, about: row.round, row };
};
const act = (more: Partial<ActRow>): Offered => {
  const row: ActRow = {
    ...{ ...place, key: randomUUID(), directive, unit: '00001', act: 'read', account, by_name: 'Chủ tịch' },
    ...{ name: null, words: null, promised: null, at: at(1), ...more },
  };
  return { kind: 'act', receipt, about: row.directive, row };
};
const recorded = (offer: Offered, seq: number): EntryRecord => recordAgain(offer.row as AnswerRow, seq);
const addressee = (more: object = {}) => {
  const one = { status: untouched, superseded: false, latest: null, ...more };
  return new Map([[aboutKey(act({})), one]]);
};
const decide = (offers: readonly Offered[], more: Partial<LostMoment> = {}) =>
  decideTakenIn(offers, {
    standing: offers.map(() => undefined),
    underKey: offers.map(() => undefined),
    lostBy: offers.map(() => restore),
    rounds: new Map([[round, { seq: 4, asks: new Set(['00001']) }]]),
    entries: [],
    addressees: addressee(),
    ...more,
  });
const outcomes = (...args: Parameters<typeof decide>) => decide(...args).decisions.map(({ outcome }) => outcome);

test('RS3 an answer comes back with the moment, the lateness and the account of then, after the last entry of the round', () => {
  const offer = answer({ late: true });
  const { decisions, last } = decide([offer]);
  assert.deepEqual(decisions, [{ outcome: 'taken', restore, seq: 5 }]);
  assert.deepEqual([...last], [[round, 5]]);
  const { at: came, late, seq, account: by } = recorded(offer, 5);
  assert.deepEqual([came.toISOString(), late, seq, by], ['2026-09-02T08:00:01.000Z', true, 5, account]);
});

test('RS3 a correction comes back behind the answer that it corrects, and never without it', () => {
  const [first, second] = [answer(), answer({ kind: 'correction', at: at(2) })];
  assert.deepEqual(outcomes([first, second]), ['taken', 'taken']);
  assert.deepEqual(outcomes([second]), ['overtaken']);
  assert.deepEqual(outcomes([second], { entries: [recorded(answer({ account: randomUUID() }), 1)] }), ['overtaken']);
});

test('RS3 what the unit has said after it stays; what an official noted stands beside it', () => {
  const later = recorded(answer({ at: at(30) }), 1);
  assert.deepEqual(outcomes([answer()], { entries: [later] }), ['overtaken']);
  assert.deepEqual(outcomes([answer({ kind: 'correction', at: at(9) })], { entries: [later] }), ['overtaken']);
  const noted: EntryRecord = { ...recorded(answer({ at: at(30) }), 1), kind: 'official', answerer: null };
  assert.deepEqual(outcomes([answer()], { entries: [noted] }), ['taken']);
});

test('RS3 a round or directive that was lost, or that does not ask the unit, takes nothing in', () => {
  assert.deepEqual(outcomes([answer({ round: randomUUID() }), answer({ unit: '00002' })]), ['gone', 'gone']);
  assert.deepEqual(outcomes([act({ directive: randomUUID() })]), ['gone']);
});

test('RS2 what is on record is not recorded again, neither twice in one request, nor what no restore has lost', () => {
  const offer = answer();
  const twice = decide([offer, offer]);
  assert.deepEqual(twice.decisions, [{ outcome: 'taken', restore, seq: 5 }, { outcome: 'taken' }]);
  assert.deepEqual(decide([offer], { standing: ['stands'] }).decisions, [{ outcome: 'stands' }]);
  assert.deepEqual(decide([offer], { standing: ['gone'] }).decisions, [{ outcome: 'gone' }]);
  assert.deepEqual(decide([offer], { lostBy: [undefined] }).decisions, [{ outcome: 'not-lost' }]);
});

test('RS7 under a key that stands for something else nothing is taken in, and one receipt of each key is recorded', () => {
  const offer = answer();
  assert.deepEqual(decide([offer], { underKey: ['here'] }).decisions, [{ outcome: 'overtaken', restore }]);
  assert.deepEqual(decide([offer], { underKey: ['again'] }).decisions, [{ outcome: 'overtaken' }]);
  const other: Offered = { ...offer, receipt: { hash: 'another' } as Receipt };
  assert.deepEqual(decide([offer, other]).decisions, [{ outcome: 'taken', restore, seq: 5 }, { outcome: 'overtaken' }]);
  const late = act({ act: 'acknowledge' });
  assert.deepEqual(decide([late], { underKey: ['here'] }).decisions, [{ outcome: 'overtaken', restore }]);
});

test('RS3 acts on a directive come back in their order, where the table of states still lets them, with the times of then', () => {
  const acts = [act({}), act({ act: 'acknowledge', at: at(2), name: 'Trần B', words: 'Sẽ làm' })];
  const { decisions, moved } = decide(acts);
  assert.deepEqual(
    decisions.map(({ outcome }) => outcome),
    ['taken', 'taken'],
  );
  const { status } = moved.get(aboutKey(act({}))) ?? { status: untouched };
  assert.deepEqual([status.state, status.readAt, status.answeredAt], ['acknowledged', at(1), at(2)]);
  const refused = act({ act: 'done', words: 'Xong' });
  assert.deepEqual(outcomes([refused]), ['overtaken']);
  assert.deepEqual(outcomes([acts[1] as Offered], { addressees: addressee({ latest: at(40) }) }), ['overtaken']);
  assert.deepEqual(outcomes([acts[1] as Offered], { addressees: addressee({ superseded: true }) }), ['overtaken']);
});
