import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import type { ClusterJoinAsk } from '../../protocol/joining.ts';
import { JoinDoor } from './JoinDoor.ts';
import { asking } from './seal.ts';

const secret = 'what the nodes of this cluster have in common';
const right = () => asking(secret);
const wrong = () => asking('what the nodes of another cluster have in common');

function world({ shares = true } = {}) {
  let now = 0;
  let read = 0;
  const told = async () => {
    read += 1;
    return 'where the stores are';
  };
  const door = new JoinDoor({ secrets: [secret], told: shares ? told : undefined, now: () => now });
  const reasonOf = (ask: ClusterJoinAsk, address = '10.0.0.12') =>
    door.admit(ask, address).then(
      () => 'admitted',
      (error: unknown) => (error instanceof DomainError ? error.reason : error),
    );
  return { door, reasonOf, reads: () => read, pass: (ms: number) => (now += ms) };
}

test('NJ2 NJ5 nothing is read for who does not prove that they know the secret', async () => {
  const { door, reasonOf, reads } = world();
  assert.equal(await reasonOf(wrong().ask), 'forbidden');
  assert.equal(reads(), 0);
  const { ask, open } = right();
  assert.equal(open(await door.admit(ask, '10.0.0.12')), 'where the stores are');
  assert.equal(reads(), 1);
});

test('NJ5 a network that asks again and again is refused for a while, whatever it proves; others are not', async () => {
  const { reasonOf, reads, pass } = world();
  for (let i = 0; i < 20; i++) assert.equal(await reasonOf(wrong().ask), 'forbidden');
  assert.equal(await reasonOf(right().ask), 'rate-limited', 'a guess that is right tells nobody that it is');
  assert.equal(await reasonOf(right().ask, '10.0.1.12'), 'admitted');
  pass(5_000);
  assert.equal(await reasonOf(right().ask), 'admitted');
  assert.equal(await reasonOf(right().ask), 'rate-limited');
  assert.equal(reads(), 2);
});

test('NJ5 whether its stores are shared is told to nobody who does not know the secret', async () => {
  const { reasonOf } = world({ shares: false });
  assert.equal(await reasonOf(wrong().ask), 'forbidden');
  assert.equal(await reasonOf(right().ask), 'conflict');
});
