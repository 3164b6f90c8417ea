import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import { Placement } from './Placement.ts';
import type { PlaceableNode } from './place.ts';

const load = { packets: 0, mbit: 0, workers: 0, loop: 0 };
const nodeOf = (boot: string, more: Partial<PlaceableNode> = {}): PlaceableNode => ({
  ...{ boot, region: 'default', cores: 4, load, draining: false },
  ...more,
});

function placementOf(nodes: readonly PlaceableNode[], byOthers: Readonly<Record<string, number>> = {}) {
  let now = 0;
  const placement = new Placement({
    nodes: () => nodes,
    expectedByOthers: (boot) => byOthers[boot] ?? 0,
    need: { packets: 10_000, mbit: 10 },
    region: 'default',
    now: () => now,
  });
  const send = (viewer: string, atOnce = false, of?: string) => {
    try {
      return placement.send(viewer, { atOnce, of }).boot;
    } catch (error) {
      assert.ok(error instanceof DomainError);
      return `${error.reason} ${error.retryAfterSeconds}`;
    }
  };
  const turn = () => new Promise(setImmediate);
  return { placement, send, turn, pass: (ms: number) => (now += ms) };
}

test('PL8 a place is reserved for 30 seconds, and until the load tells of whoever came', async () => {
  const { placement, send, turn, pass } = placementOf([nodeOf('a', { cores: 1 })]);
  const sent = Array.from({ length: 8 }, (_, i) => send(`viewer ${i}`));
  assert.deepEqual(sent, [...Array(6).fill('a'), 'node-full 5', 'node-full 5']);
  await turn();
  assert.equal(send('viewer 0'), 'a', 'asked again, it has one place, the same');
  placement.reservations.came('viewer 0', 'a');
  pass(4_999);
  await turn();
  assert.equal(placement.reservations.expected().get('a'), 6);
  pass(1);
  await turn();
  assert.equal(send('viewer 6'), 'a');
  pass(25_000);
  await turn();
  assert.equal(placement.reservations.expected().get('a'), 1, 'the others did not come');
});

test('PL8 an account that makes up devices takes no places but its own', async () => {
  const { placement, send, turn } = placementOf([nodeOf('a', { cores: 100 })]);
  for (let i = 0; i < 200; i++) send(`made up ${i}`, false, 'commune');
  send('honest', false, 'another commune');
  await turn();
  assert.equal(placement.reservations.expected().get('a'), 51);
  for (let i = 0; i < 200; i++) placement.reservations.cancel(`made up ${i}`);
  assert.deepEqual([...placement.reservations.expected()], [['a', 1]]);
});

test('PL8 what other nodes have given away is taken, too', async () => {
  const { send } = placementOf([nodeOf('a'), nodeOf('b')], { a: 10 });
  const sent = Array.from({ length: 10 }, (_, i) => send(`viewer ${i}`));
  assert.deepEqual(sent, Array(10).fill('b'));
});

test('PL9 at a node that drains they are told when to ask again, officials as well', () => {
  const { send } = placementOf([nodeOf('a', { draining: true })]);
  assert.deepEqual([send('viewer'), send('official', true)], ['draining 2', 'draining 2']);
});
