import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { FailureGround } from '../../../../../scripts/bench/FailureGround.ts';
import { noNamespaces } from '../../../support/Namespace.ts';
import { cleanup } from '../../../support/NativePeer.ts';
import { cutPath } from '../../../support/Switch.ts';
import { until } from '../../../support/until.ts';

/**
 * Three nodes on computers of their own, a principal on the air, viewers at each node, and a roll-call while it happens. What
 * is to be true afterwards is said by `FailureGround.wrong`; how long it takes is measured by `bench failures`.
 */
const VIEWERS = 6;
let ground: FailureGround | undefined;
afterEach(() => ground?.close());
after(() => cleanup());

test('CL7 PL10 AT6 a node with viewers is cut off from stores and nodes, and comes back: as if nothing had been', {
  skip: noNamespaces(),
}, async () => {
  ground = await FailureGround.create(VIEWERS);
  const { nodes } = ground;
  const cut = await ground.viewersNode();
  const others = nodes.all.filter((node) => node !== cut);
  await ground.rollCall();
  cut.computer.cutOff(nodes.place.storesAddress);
  for (const { computer } of others) cutPath(cut.computer, computer);
  await until('it is not ready any more', async () => !(await cut.isReady()), 30_000);
  await until('its viewers are at the others', () => ground?.viewersAt(cut).length === 0, 60_000);
  for (const { computer } of others) {
    computer.mend(cut.computer.address);
    cut.computer.mend(computer.address);
  }
  cut.computer.mend(nodes.place.storesAddress);
  await until('it is ready again', () => cut.isReady(), 60_000);
  await ground.settled();
  assert.deepEqual(await ground.wrong(), []);
});
