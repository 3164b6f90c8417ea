import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Witness } from './Witness.ts';

export interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** What a thread says when it has ended. */
export type Tried =
  | { readonly counts: Witness['counts']; readonly cpuMs: number }
  | { readonly seed: number; readonly message: string; readonly stack: string };

interface Worlds {
  readonly counts: Record<string, number>;
  /** What one world takes of a core. */
  readonly cpuMsEach: number;
}

/** A world makes much that is forgotten at once. */
const YOUNG_MB = 64;

/**
 * Tries the worlds of these seeds, in a thread for each core: the runner of the tests looks at every promise of its own
 * thread, which takes longer than the promises. @throws Error with the seed of one that failed
 */
export async function tryWorlds(from: number, to: number): Promise<Worlds> {
  const step = Math.min(availableParallelism(), to - from + 1);
  const shares = Array.from({ length: step }, (_, i) => ({ from: from + i, to, step }));
  const threads = shares.map((workerData: Share) => {
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    return new Worker(new URL('./worldThread.ts', import.meta.url), { workerData, resourceLimits });
  });
  try {
    const all = await Promise.all(threads.map(outcomeOf));
    const counts: Record<string, number> = {};
    for (const tried of all)
      for (const [what, count] of Object.entries(tried.counts)) counts[what] = (counts[what] ?? 0) + count;
    return { counts, cpuMsEach: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / (to - from + 1) };
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function outcomeOf(thread: Worker): Promise<Extract<Tried, { counts: unknown }>> {
  const tried = await new Promise<Tried>((resolve, reject) => {
    thread.once('message', resolve).once('error', reject);
    thread.once('exit', (code) => reject(new Error(`a thread of worlds has ended with ${code}`)));
  });
  if ('counts' in tried) return tried;
  const error = new Error(`CLUSTER_SEED=${tried.seed}: ${tried.message}`);
  throw Object.assign(error, { stack: `CLUSTER_SEED=${tried.seed}: ${tried.stack}` });
}
