import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, Round } from '../../api/contract.ts';
import type { OutboxEntry } from '../../api/outbox/outboxEntry.ts';
import { ownRoundOf } from './ownRound.ts';

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
