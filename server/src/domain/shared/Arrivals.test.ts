import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals } from './Arrivals.ts';

const answers = new Set(['round.answer']);
const second = (n: number) => new Date(Date.UTC(2026, 8, 2, 7, 0, n));
function world() {
  let now = second(0);
  const arrivals = new Arrivals({ now: () => now });
  const ask = { key: 'k', round: 'r', answerer: 'chair' };
  const at = (n: number, more: object = {}, from = '10001.a') => {
    now = second(n);
    return arrivals.arrive(from, 'round.answer', { ...ask, ...more });
  };
  return { arrivals, at };
}

test('RC8 what could not be recorded keeps the moment of its first arrival, for the same device and the same words', () => {
  const { arrivals, at } = world();
  at(1).over(true);
  assert.deepEqual(at(9).received, second(1));
  assert.deepEqual(at(9, { answerer: 'deputy' }).received, second(9));
  assert.deepEqual(at(9, { key: 'other' }).received, second(9));
  assert.deepEqual(at(9, {}, '10001.b').received, second(9));
  const unkeyed = arrivals.arrive('10001.a', 'hand.raise', {});
  assert.deepEqual(unkeyed.received, second(9));
});

test('RC8 what was refused for a reason of its own comes anew', () => {
  const { at } = world();
  at(1).over(false);
  assert.deepEqual(at(9).received, second(9));
});

test('RC3 a round is held while something that came in time is neither recorded nor refused', () => {
  const { arrivals, at } = world();
  const one = at(1);
  assert.equal(arrivals.holds(answers, 'r', second(5)), true);
  assert.equal(arrivals.holds(answers, 'other', second(5)), false);
  assert.equal(arrivals.holds(answers, 'r', second(1)), false, 'it came too late for that');
  assert.equal(arrivals.holds(new Set(['round.close']), 'r', second(5)), false);
  one.over(true);
  assert.equal(arrivals.holds(answers, 'r', second(5)), true, 'it will be repeated');
  const again = at(9);
  again.over(false);
  assert.equal(arrivals.holds(answers, 'r', second(5)), false);
});

test('RC3 whoever closes a round waits for what is being recorded', async () => {
  const { arrivals, at } = world();
  await arrivals.done(answers, 'r');
  const events: string[] = [];
  const [one, two] = [at(1), at(1, { key: 'other' })];
  const done = arrivals.done(answers, 'r').then(() => events.push('done'));
  one.over(false);
  await new Promise((resolve) => setImmediate(resolve));
  events.push('two');
  two.over(true);
  await done;
  assert.deepEqual(events, ['two', 'done']);
});
