import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, Round } from '../../api/contract.ts';
import type { OutboxEntry } from '../../api/outbox/outboxEntry.ts';
import { mayStillSay, ownRoundOf } from './ownRound.ts';

const T = Date.parse('2026-01-01T02:00:00Z');
const iso = (seconds: number): string => new Date(T + seconds * 1000).toISOString();
const round: Round = {
  id: 'r',
  briefing: 'b',
  nr: 1,
  question: '?',
  scope: ['vn'],
  expected: 3,
  state: 'open',
  openedAt: iso(0),
  deadline: iso(60),
  lateUntil: iso(660),
  closedAt: null,
  repromptSeconds: 30,
  answerers: ['chair'],
  proof: 'tap',
  challenge: null,
  quorum: null,
  reopens: null,
  by: 'x',
  version: 1,
};
const entry = (state: Entry['state'], unconfirmed = false): Entry => ({
  round: 'r',
  unit: 'u',
  path: 'vn.u',
  state,
  at: iso(5),
  answerer: 'chair',
  name: null,
  by: null,
  note: null,
  unconfirmed,
});
const letter = (status: OutboxEntry['status'], state: Entry['state'] = 'answered'): OutboxEntry<'round.answer'> =>
  ({
    key: 'k',
    owner: 'o',
    via: 'round.answer',
    payload: { briefing: 'b', ask: { round: 'r', key: 'k', answerer: 'chair' } },
    writtenAt: iso(4),
    status,
    ...(status === 'recorded' && { answer: { entry: entry(state), receipt: {}, first: true } }),
    ...(status === 'refused' && { reason: 'wrong-proof', message: '' }),
  }) as OutboxEntry<'round.answer'>;
const kind = (told: Entry | undefined, letters: OutboxEntry<'round.answer'>[], seconds: number): string => {
  const { standing } = ownRoundOf(round, told, letters, T + seconds * 1000);
  return standing.kind === 'asked' && standing.late ? 'asked late' : standing.kind;
};

test('it owes an answer until it gives one, a late one after the deadline, and has missed it in the end', () => {
  assert.equal(kind(undefined, [], 1), 'asked');
  assert.equal(kind(entry('called'), [], 61), 'asked late');
  assert.equal(kind(entry('absent'), [], 661), 'missed');
});

test('sent is not recorded', () => {
  assert.equal(kind(entry('called'), [letter('unsent')], 5), 'unsent');
  assert.equal(kind(entry('called'), [letter('unsent')], 700), 'unsent');
  assert.equal(kind(entry('called'), [letter('recorded')], 5), 'recorded');
});

test('what the server tells counts before what this computer remembers', () => {
  assert.equal(kind(entry('official'), [letter('unsent')], 5), 'recorded');
  assert.equal(kind(entry('called', true), [letter('recorded')], 5), 'unconfirmed');
  assert.equal(kind(entry('answered'), [letter('recorded', 'called')], 5), 'recorded');
});

test('a refused answer leaves it owing: wrong digits may be given again', () => {
  assert.equal(kind(entry('called'), [letter('refused')], 5), 'asked');
});

const said = (nr: number, state: Entry['state'] = 'answered'): Entry => ({
  ...entry(state),
  own: nr > 0 ? { nr, at: iso(5), account: 'me', by: 'x', answerer: 'chair', name: null } : null,
});
const correcting = (status: OutboxEntry['status'], corrects: number): OutboxEntry<'round.answer'> => {
  const plain = letter(status);
  const payload = { ...plain.payload, ask: { ...plain.payload.ask, corrects } };
  const answer = { entry: said(corrects + 1), receipt: {}, first: true };
  return { ...plain, payload, ...(status === 'recorded' && { answer }) } as OutboxEntry<'round.answer'>;
};

test('RC20 a correction is not recorded before it is, though the answer before it is; then it is what stands', () => {
  assert.equal(kind(said(1), [correcting('unsent', 1)], 5), 'unsent');
  assert.equal(kind(said(2), [correcting('unsent', 1)], 5), 'recorded', 'its acknowledgement was lost');
  const { standing } = ownRoundOf(round, said(1), [correcting('recorded', 1)], T);
  assert.equal(standing.kind === 'recorded' && standing.entry.own?.nr, 2, 'who answers is not told of it');
  assert.equal(kind(said(1), [correcting('refused', 1)], 5), 'recorded', 'the answer before it stands');
});

test('RC19 RC20 what may still be said: beside an official’s entry, or instead of the own answer, until the deadline', () => {
  const may = (told: Entry, seconds: number, account = 'me') =>
    mayStillSay(ownRoundOf(round, told, [], T + seconds * 1000), account);
  assert.equal(may(said(0, 'official'), 5), 'answer');
  assert.equal(kind(said(0, 'official'), [letter('unsent')], 5), 'unsent');
  assert.equal(may(said(0, 'excused'), 61), 'answer');
  assert.deepEqual(may(said(2), 5), { corrects: 2 });
  assert.equal(may(said(2), 61), undefined);
  assert.equal(may(said(2), 5, 'somebody else'), undefined);
  assert.equal(may(said(0, 'official'), 661), undefined);
});
