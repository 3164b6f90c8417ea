import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DirectiveCount, followStateSchema } from '@dieu-hanh/server/protocol';
import { answeredOf, byNeed, recallable, standings, standingsOf } from './boardSums.ts';

const count = (unit: string, states: DirectiveCount['states'], overdue = 0): DirectiveCount => ({
  unit,
  name: unit,
  addressees: Object.values(states).reduce<number>((sum, n) => sum + (n ?? 0), 0),
  states,
  onTime: 0,
  late: 0,
  overdue,
  absentees: 0,
});

test('each addressee stands in exactly one place, so that the parts are the whole', () => {
  const states = Object.fromEntries(followStateSchema.options.map((state, i) => [state, 2 ** i]));
  const sums = standingsOf({ states });
  const total = standings.reduce((sum, standing) => sum + sums[standing], 0);
  assert.equal(total, 2 ** followStateSchema.options.length - 1);
});

test('whoever refused has answered; whoever asks back has not, and a recall reaches them', () => {
  const sums = standingsOf({ states: { sent: 1, read: 2, question: 4, acknowledged: 8, refused: 16, done: 32 } });
  assert.equal(answeredOf(sums), 8 + 16 + 32);
  assert.equal(recallable(sums), 1 + 2 + 4 + 8);
});

test('who needs somebody comes first, then who has answered least', () => {
  const order = [
    count('quiet', { acknowledged: 9, read: 1 }),
    count('slow', { read: 10 }),
    count('asks', { question: 1, acknowledged: 9 }),
    count('overdue', { read: 5, acknowledged: 5 }, 5),
  ].sort(byNeed);
  assert.deepEqual(
    order.map(({ unit }) => unit),
    ['overdue', 'asks', 'slow', 'quiet'],
  );
});
