import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../test/support/sdp/mutate.ts';
import { BrokenPaths } from './BrokenPaths.ts';
import { copiesOf, type PlanNode, type PlannedTrack, planOf } from './planOf.ts';

const SEEDS = 2_000;

/** A cluster with some broken paths; the first node has the publisher. */
function cluster(seed: number) {
  const random = seededRandom(seed);
  const nodes = Array.from({ length: 2 + Math.floor(random() * 11) }, (_, i) => `n${i}-${seed}`);
  const [origin = ''] = nodes;
  const share = random() * 0.7;
  const pairs: [string, string][] = [];
  for (const [i, a] of nodes.entries()) for (const b of nodes.slice(i + 1)) if (random() < share) pairs.push([a, b]);
  const any = () => nodes[Math.floor(random() * nodes.length)] ?? origin;
  return { nodes, pairs, any, track: { sid: `TR_${seed}`, origin } };
}

function broken(pairs: readonly (readonly [string, string])[]): BrokenPaths {
  const paths = new BrokenPaths();
  for (const [a, b] of pairs) paths.add(a, b);
  return paths;
}

const parents = (track: PlannedTrack, nodes: readonly string[], paths: BrokenPaths) =>
  planOf(
    track,
    nodes.map((boot) => ({ boot })),
    paths,
  );

test('CL29 whatever is broken, everybody comes to the publisher’s node in two steps, or there is no such way', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { nodes, pairs, track } = cluster(seed);
    const paths = broken(pairs);
    const found = parents(track, nodes, paths);
    for (const [node, parent] of found) {
      const ways = nodes.filter((by) => by !== node && !paths.has(by, node) && !paths.has(by, track.origin));
      if (parent === undefined) {
        assert.ok(paths.has(node, track.origin) && ways.every((by) => by === track.origin), `seed ${seed}: an orphan`);
        continue;
      }
      assert.ok(!paths.has(node, parent), `seed ${seed}: by a broken path`);
      if (parent !== track.origin) assert.equal(found.get(parent), track.origin, `seed ${seed}: more than one between`);
    }
  }
});

test('CL29 a node more or less moves those whose tracks went by it, or go by it now; a broken path moves who used it', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { nodes, pairs, any, track } = cluster(seed);
    const paths = broken(pairs);
    const before = parents(track, nodes, paths);
    const gone = any();
    if (gone !== track.origin)
      for (const [node, parent] of parents(
        track,
        nodes.filter((each) => each !== gone),
        paths,
      ))
        if (before.get(node) !== gone) assert.equal(parent, before.get(node), `seed ${seed}: ${node} without ${gone}`);
    const [a, b] = [any(), any()];
    const worse = broken([...pairs, [a, b]]);
    for (const [node, parent] of parents(track, nodes, worse)) {
      const way = [node, before.get(node), track.origin];
      const used = way.some((each, i) => [each, way[i + 1]].sort().join() === [a, b].sort().join());
      if (!used) assert.equal(parent, before.get(node), `seed ${seed}: ${node} with ${a} and ${b} apart`);
    }
  }
});

test('CL29 what was broken is tried again after a while', () => {
  let now = 0;
  const paths = new BrokenPaths(() => now);
  paths.add('b', 'a', 1_000);
  const parent = () => parents({ sid: 't', origin: 'a' }, ['a', 'b', 'c'], paths).get('b');
  assert.equal(parent(), 'c');
  now = 1_000;
  assert.equal(parent(), 'a');
});

/** A cluster that is larger than a star, over regions, whose nodes may send to a few others each; the first has the publisher. */
function largeCluster(seed: number) {
  const random = seededRandom(seed);
  const regions = 1 + Math.floor(random() * 6);
  const least = 2 + Math.floor(random() * 8);
  const nodes = Array.from(
    { length: 2 + least + Math.floor(random() * least * (least - 1)) },
    (_, i): PlanNode => ({
      boot: `n${i}-${seed}`,
      region: `region ${Math.floor(random() * regions)}`,
      copies: least + Math.floor(random() * 4),
    }),
  );
  const paths = new BrokenPaths();
  if (random() < 0.5)
    for (const a of nodes) for (const b of nodes) if (a !== b && random() < 0.01) paths.add(a.boot, b.boot);
  return { nodes, paths, random, track: { sid: `TR_${seed}`, origin: nodes[0]?.boot ?? '' } };
}

test('CL33 however large it is: no loop, no orphan, nobody sends to more than they may, and media seldom crosses regions', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { nodes, paths, track } = largeCluster(seed);
    const plan = planOf(track, nodes, paths);
    assert.equal(plan.size, nodes.length - 1);
    const sent = new Map<string, number>();
    for (const [boot, parent] of plan) {
      assert.ok(parent !== undefined && !paths.has(boot, parent), `seed ${seed}: an orphan`);
      sent.set(parent, (sent.get(parent) ?? 0) + 1);
      if (parent !== track.origin) assert.equal(plan.get(parent), track.origin, `seed ${seed}: more than one between`);
    }
    for (const node of nodes) assert.ok((sent.get(node.boot) ?? 0) <= copiesOf(node), `seed ${seed}: ${node.boot}`);
    const regionOf = (boot: string) => nodes.find((node) => node.boot === boot)?.region;
    for (const [boot, parent = ''] of plan) {
      if (parent === track.origin || regionOf(parent) === regionOf(boot)) continue;
      const near = nodes.filter(
        (node) => node.region === regionOf(boot) && plan.get(node.boot) === track.origin && !paths.has(node.boot, boot),
      );
      for (const node of near)
        assert.equal(sent.get(node.boot), copiesOf(node), `seed ${seed}: ${boot} by another region than its own`);
    }
  }
});

test('CL33 a node more or less moves those that go by it or by whoever takes its place, and few others', () => {
  let [small, changes] = [0, 0];
  for (let seed = 1; seed <= SEEDS / 2; seed++) {
    const { nodes, paths, random, track } = largeCluster(seed);
    const before = planOf(track, nodes, paths);
    const gone = nodes[1 + Math.floor(random() * (nodes.length - 1))];
    const left = nodes.filter((node) => node !== gone);
    const after = planOf(track, left, paths);
    const isNewHead = (boot = '') => before.get(boot) !== track.origin && after.get(boot) === track.origin;
    const others = [...after].filter(
      ([boot, parent]) =>
        parent !== before.get(boot) && before.get(boot) !== gone?.boot && !isNewHead(boot) && !isNewHead(parent),
    );
    // Where a node that had no room gets some.
    assert.ok(others.length <= Math.max(...nodes.map(copiesOf)), `seed ${seed}: ${others.length} of ${nodes.length}`);
    changes += 1;
    if (others.length === 0) small += 1;
  }
  assert.ok(small / changes > 0.9, `in ${small} of ${changes} changes nobody else`);
});
