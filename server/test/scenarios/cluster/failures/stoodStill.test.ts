import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { FailureGround } from '../../../../../scripts/bench/FailureGround.ts';
import { standStill } from '../../../../../scripts/bench/failureLines.ts';
import { noNamespaces } from '../../../support/Namespace.ts';
import { cleanup } from '../../../support/NativePeer.ts';
import { until } from '../../../support/until.ts';

/**
 * Three nodes on computers of their own, a principal on the air, viewers at each node, and a roll-call while it happens. What
 * is to be true afterwards is said by `FailureGround.wrong`; how long it takes is measured by `bench failures`.
 */
const VIEWERS = 6;
let ground: FailureGround | undefined;
afterEach(() => ground?.close());
after(() => cleanup());

test('CL8 PL10 RC3 a node with viewers stands still for ten seconds: no act is lost, none is done twice', {
  skip: noNamespaces(),
}, async () => {
  ground = await FailureGround.create(VIEWERS);
  const node = await ground.viewersNode();
  await ground.rollCall();
  await standStill(node, 10_000);
  await until('it is ready again', () => node.isReady(), 60_000);
  await ground.settled();
  assert.deepEqual(await ground.wrong(), []);
});

test('CL8 CL32 RC3 AT6 the node that carries the briefing stands still for ten seconds, while units answer, are asked anew and called: each act is done once', {
  skip: noNamespaces(),
}, async () => {
  ground = await FailureGround.create(VIEWERS);
  const node = await ground.carrierNode();
  await ground.rollCall();
  const take = await ground.call();
  const still = standStill(node, 10_000);
  // Whoever is at the node that stands still has pressed it there, and presses again elsewhere.
  await ground.rollCall();
  await still;
  await take();
  await until('it is ready again', () => node.isReady(), 60_000);
  await ground.settled();
  assert.notEqual(await ground.carrierNode(), node, 'another carries it by now');
  assert.deepEqual(await ground.wrong(), []);
});
