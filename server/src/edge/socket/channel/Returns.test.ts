import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../../protocol/errors.ts';
import { Returns } from './Returns.ts';

function start(perSecond = 1000) {
  const told: number[] = [];
  return { told, returns: new Returns({ perSecond, tell: (withinMs) => told.push(withinMs) }) };
}

test('CH11 a small audience is told nothing, and sent away for half a second at most', () => {
  const { told, returns } = start();
  for (let devices = 0; devices <= 500; devices++) returns.count(devices);
  assert.deepEqual([told, returns.hint, returns.window], [[], undefined, 500]);
});

test('CH11 while 11,000 come, those who are here are told four times, never less than half of the right time', () => {
  const { told, returns } = start();
  for (let devices = 1; devices <= 11_000; devices++) returns.count(devices);
  assert.deepEqual(told, [1000, 2000, 4000, 8000]);
  assert.deepEqual([returns.hint, returns.window], [8000, 11_000]);
  for (let devices = 11_000; devices >= 0; devices--) returns.count(devices);
  assert.deepEqual(told.slice(4), [4000, 2000, 1000, 500]);
  assert.equal(returns.hint, undefined);
});

test('CH11 who is turned away is sent further with each of them, until the door is free', async () => {
  const { returns } = start(2);
  let finish: () => void = () => undefined;
  const work = () =>
    new Promise<void>((resolve) => {
      finish = resolve;
    });
  const first = returns.admit(work);
  const finishFirst = finish;
  const second = returns.admit(work);
  const full = (error: unknown) => error instanceof DomainError && error.reason === 'node-full';
  await assert.rejects(returns.admit(work), full);
  assert.deepEqual(
    Array.from({ length: 4 }, () => returns.turnAway()),
    [500, 1000, 1500, 2000],
  );
  finish();
  await second;
  assert.equal(returns.turnAway(), 2500, 'one is still at the door');
  finishFirst();
  await first;
  await returns.admit(async () => undefined);
  assert.equal(returns.turnAway(), 500);
});

test('CH11 one who is refused for a reason of their own gives their place at the door back', async () => {
  const { returns } = start(1);
  const failed = () => Promise.reject(new Error('no'));
  for (let i = 0; i < 3; i++) await assert.rejects(returns.admit(failed), /no/);
});
