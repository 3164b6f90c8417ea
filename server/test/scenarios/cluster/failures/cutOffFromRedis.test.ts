import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { FailureGround } from '../../../../../scripts/bench/FailureGround.ts';
import { noNamespaces } from '../../../support/Namespace.ts';
import { cleanup } from '../../../support/NativePeer.ts';
import type { SwitchedNode } from '../../../support/SwitchedNodes.ts';
import { until } from '../../../support/until.ts';

/**
 * Three nodes on computers of their own, a principal on the air, and viewers at each node. The node of the principal loses its
 * line to Redis, and nothing else.
 */
const VIEWERS = 6;
/** After a lease is missed, presence and rooms look within so long who lives. */
const LOOKED_MS = 2_000;
let ground: FailureGround | undefined;
afterEach(() => ground?.close());
after(() => cleanup());

test('CL67 ND3 CL41 the node of the principal is cut off from Redis alone: pictures go on, nobody is gone, and nothing false is recorded', {
  skip: noNamespaces(),
}, async () => {
  ground = await FailureGround.create(VIEWERS);
  const { nodes, principalNode: cut } = ground;
  const others = nodes.all.filter((node) => node !== cut);
  const [unit = ''] = ground.viewersAt(cut)[0]?.page.channel.identity.split('.') ?? [];
  assert.ok(unit, 'a unit is at the node that is cut off');
  const mend = cut.computer.cutPort(nodes.place.storesAddress, nodes.redis.port);
  try {
    for (const other of others)
      await until(`${other.name} misses its lease`, async () => (await cutOffAt(other)) === 1, 30_000);
    const missedAt = performance.now();
    await until('all have looked who lives', () => performance.now() - missedAt > LOOKED_MS);
    for (const other of others) {
      const called: object = await ground.officialAt(other).ask('call.start', { unit, seconds: 60 });
      assert.match(JSON.stringify(called), /"reason":"node-cut-off"/);
    }
    await ground.settled();
    assert.deepEqual(await ground.wrong(), [], 'while it is cut off');
    assert.equal(await cutOffAt(others[0] as SwitchedNode), 1, 'it still is');
  } finally {
    mend();
  }
  for (const other of others)
    await until(`${other.name} sees its lease`, async () => (await cutOffAt(other)) === 0, 60_000);
  await until('it is ready again', () => cut.isReady(), 60_000);
  await ground.settled();
  assert.deepEqual(await ground.wrong(), [], 'afterwards');
});

/** How many nodes are cut off, as this one sees it. */
async function cutOffAt({ internalUrl }: SwitchedNode): Promise<number | undefined> {
  const text = await (await fetch(`${internalUrl}/metrics`)).text();
  const found = /^dh_nodes_cut_off(?:\{[^}]*\})? (\d+)$/m.exec(text);
  return found ? Number(found[1]) : undefined;
}
