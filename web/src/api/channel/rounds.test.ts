import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Round, RoundCount, RoundTick } from '../contract.ts';
import { isOwing, phaseOf, takeTick, withRound } from './rounds.ts';

const count = (unit: string, answered: number, expected = 10): RoundCount => ({
  unit,
  expected,
  called: expected - answered,
  answered,
  late: 0,
  substituted: 0,
  official: 0,
  excused: 0,
  unconfirmed: 0,
  absent: 0,
});
const tick = (seconds: number, counts: RoundCount[], full = false): RoundTick => ({
  briefing: crypto.randomUUID(),
  round: crypto.randomUUID(),
  at: new Date(1_000_000 + seconds * 1000).toISOString(),
  full,
  counts,
});
const round = (nr: number, version: number, more: Partial<Round> = {}): Round => ({
  id: `round-${nr}`,
  briefing: 'b',
  nr,
  question: '?',
  scope: ['vn'],
  expected: 3,
  state: 'open',
  openedAt: '2026-01-01T02:00:00Z',
  deadline: '2026-01-01T02:01:00Z',
  lateUntil: '2026-01-01T02:11:00Z',
  closedAt: null,
  repromptSeconds: 30,
  answerers: ['chair'],
  proof: 'tap',
  challenge: null,
  quorum: null,
  reopens: null,
  by: 'x',
  version,
  ...more,
});

test('the first tick is no growth; what follows is, and adds up until it has been read', () => {
  const first = takeTick(undefined, tick(0, [count('vn', 4), count('01', 4)], true));
  assert.equal(first.deltas.size, 0);
  const second = takeTick(first, tick(1, [count('vn', 6), count('01', 6)]));
  assert.equal(second.deltas.get('01'), 2);
  const third = takeTick(second, tick(1.25, [count('vn', 7)]));
  assert.deepEqual(
    [...third.deltas],
    [
      ['vn', 3],
      ['01', 2],
    ],
  );
  const later = takeTick(third, tick(5, [count('vn', 8)]));
  assert.deepEqual([...later.deltas], [['vn', 1]]);
});

test('a full tick forgets rows that are gone', () => {
  const first = takeTick(undefined, tick(0, [count('vn', 4), count('01', 4)], true));
  const again = takeTick(first, tick(9, [count('vn', 5)], true));
  assert.deepEqual([...again.counts.keys()], ['vn']);
});

test('rounds stand by number, and an old word about one changes nothing', () => {
  const rounds = withRound(withRound([], round(2, 3)), round(1, 1));
  assert.deepEqual(
    rounds.map(({ nr }) => nr),
    [1, 2],
  );
  assert.equal(withRound(rounds, round(2, 2, { state: 'closed' })), rounds);
  assert.equal(withRound(rounds, round(2, 4, { state: 'closed' }))[1]?.state, 'closed');
});

test('a round is due and over by the clock alone', () => {
  const at = (iso: string) => phaseOf(round(1, 1), Date.parse(iso));
  assert.equal(at('2026-01-01T02:00:59.999Z'), 'open');
  assert.equal(at('2026-01-01T02:01:00Z'), 'due');
  assert.equal(at('2026-01-01T02:11:00Z'), 'closed');
});

test('RC3 a round that is due on record is due by any clock of a page', () => {
  const early = Date.parse('2026-09-02T07:00:00Z');
  const times = { deadline: '2026-09-02T07:05:00Z', lateUntil: '2026-09-02T07:10:00Z' };
  assert.equal(phaseOf({ ...times, state: 'open' } as Round, early), 'open');
  assert.equal(phaseOf({ ...times, state: 'due' } as Round, early), 'due');
});

test('an answer that waits for confirmation is owed no more', () => {
  const entry = {
    round: 'r',
    unit: 'u',
    path: 'u',
    at: null,
    answerer: null,
    name: null,
    by: null,
    note: null,
    unconfirmed: false,
  };
  assert.ok(isOwing(undefined));
  assert.ok(isOwing({ ...entry, state: 'absent' }));
  assert.ok(!isOwing({ ...entry, state: 'unconfirmed', unconfirmed: true }));
  // RC25: who says that it is absent has answered.
  assert.ok(!isOwing({ ...entry, state: 'absent', away: true }));
  assert.ok(!isOwing({ ...entry, state: 'excused' }));
});
