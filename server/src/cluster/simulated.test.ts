import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Simulation } from '../../test/support/cluster/Simulation.ts';
import { tryWorlds } from '../../test/support/cluster/tryWorlds.ts';

/** Which worlds are tried. `CLUSTER_SEEDS=5000`: more of them, `CLUSTER_SEEDS=FROM-TO` those, `CLUSTER_SEED=N` that one alone. */
function seeds(): readonly [from: number, to: number] {
  const { CLUSTER_SEED, CLUSTER_SEEDS = '150' } = process.env;
  if (CLUSTER_SEED) return [Number(CLUSTER_SEED), Number(CLUSTER_SEED)];
  const [from, to] = CLUSTER_SEEDS.split('-').map(Number) as [number, number?];
  return to === undefined ? [1, from] : [from, to];
}

const RULES =
  'AK1 AK2 CL2 CL6 CL7 CL8 CL30 CL32 CL40 CL41 CL66 CL67 DL2 DL6 DL8 DR30 FG4 FG19 FG25 FG28 FL15 FL16 ND1 ND3 ND5 PR10 RC3 RC7 SC5 SC7 whatever';

test(`${RULES} the network does, and in whichever order`, async (t) => {
  const [from, to] = seeds();
  const began = performance.now();
  const { counts, cpuMsEach, faults } = await tryWorlds(from, to);
  const ms = performance.now() - began;
  t.diagnostic(
    `${to - from + 1} worlds in ${Math.round(ms)} ms, ${cpuMsEach.toFixed(1)} ms of a core each: ${JSON.stringify(counts)}`,
  );
  const [first] = faults;
  const all = `CLUSTER_SEED=${faults.map(({ seed }) => seed).join(', ')}`;
  if (first) throw Object.assign(new Error(`${all}: ${first.message}`), { stack: `${all}: ${first.stack}` });
});

test('a world is the same again by its seed, to the last word that nodes say to each other', async () => {
  const [one, two] = [new Simulation(3), new Simulation(3)];
  await one.run();
  await two.run();
  assert.deepEqual(one.redis.said, two.redis.said);
});
