import { test } from 'node:test';
import { Simulation } from '../../test/support/cluster/Simulation.ts';

/** Which worlds are tried. `CLUSTER_SEEDS=5000`: more of them, `CLUSTER_SEEDS=FROM-TO` those, `CLUSTER_SEED=N` that one alone. */
function seeds(): readonly [from: number, to: number] {
  const { CLUSTER_SEED, CLUSTER_SEEDS = '500' } = process.env;
  if (CLUSTER_SEED) return [Number(CLUSTER_SEED), Number(CLUSTER_SEED)];
  const [from, to] = CLUSTER_SEEDS.split('-').map(Number) as [number, number?];
  return to === undefined ? [1, from] : [from, to];
}

test('CL2 CL6 CL7 CL8 CL30 CL32 FG25 FG28 whatever the network does, and in whichever order', async (t) => {
  const [from, to] = seeds();
  const began = performance.now();
  const total: Record<string, number> = {};
  for (let seed = from; seed <= to; seed++) {
    try {
      const counts = await new Simulation(seed).run();
      for (const [what, count] of Object.entries(counts)) total[what] = (total[what] ?? 0) + count;
    } catch (error) {
      throw new Error(`CLUSTER_SEED=${seed}: ${(error as Error).message}`, { cause: error });
    }
  }
  t.diagnostic(`${to - from + 1} worlds in ${Math.round(performance.now() - began)} ms: ${JSON.stringify(total)}`);
});
