import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { FailureGround } from '../../../../../scripts/bench/FailureGround.ts';
import { restartAll } from '../../../../../scripts/bench/failureLines.ts';
import { noNamespaces } from '../../../support/Namespace.ts';
import { cleanup } from '../../../support/NativePeer.ts';

/**
 * Three nodes on computers of their own, a principal on the air, viewers at each node, and a roll-call while it happens. What
 * is to be true afterwards is said by `FailureGround.wrong`; how long it takes is measured by `bench failures`.
 */
const VIEWERS = 6;
let ground: FailureGround | undefined;
afterEach(() => ground?.close());
after(() => cleanup());

test('PL4 RC3 AT6 all nodes are started anew, one after another, during a roll-call and a call: no act is lost, nobody was away', {
  skip: noNamespaces(),
}, async () => {
  ground = await FailureGround.create(VIEWERS);
  await restartAll(ground);
  assert.deepEqual(await ground.wrong(), []);
});
