import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../test/support/sdp/mutate.ts';
import { BrokenPaths, parentOf } from './parentOf.ts';

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

type Track = Parameters<typeof parentOf>[0];
const parents = (track: Track, nodes: readonly string[], paths: BrokenPaths) =>
  new Map(
    nodes.filter((node) => node !== track.origin).map((node) => [node, parentOf(track, node, nodes, paths)] as const),
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
  assert.equal(parentOf({ sid: 't', origin: 'a' }, 'b', ['a', 'b', 'c'], paths), 'c');
  now = 1_000;
  assert.equal(parentOf({ sid: 't', origin: 'a' }, 'b', ['a', 'b', 'c'], paths), 'a');
});
