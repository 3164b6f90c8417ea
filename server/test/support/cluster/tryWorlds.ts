import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Witness } from './Witness.ts';

export interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** A world in which something was that must not be. */
export interface Fault {
  readonly seed: number;
  readonly message: string;
  readonly stack: string;
}

/** What a thread has tried since it said so last. */
export interface Tried {
  readonly worlds: number;
  readonly counts: Witness['counts'];
  readonly cpuMs: number;
  readonly faults: readonly Fault[];
}

interface Worlds {
  readonly counts: Readonly<Record<string, number>>;
  /** What one world takes of a core. */
  readonly cpuMsEach: number;
  readonly faults: readonly Fault[];
}

/** A world makes much that is forgotten at once. */
const YOUNG_MB = 64;

/**
 * Tries the worlds of these seeds, in a thread for each core: the runner of the tests looks at every promise of its own
 * thread, which takes longer than the promises. All are tried, whatever is found.
 */
export async function tryWorlds(
  from: number,
  to: number,
  heard: (tried: Tried) => void = () => undefined,
): Promise<Worlds> {
  const step = Math.min(availableParallelism(), to - from + 1);
  const shares = Array.from({ length: step }, (_, i) => ({ from: from + i, to, step }));
  const threads = shares.map((workerData: Share) => {
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    return new Worker(new URL('./worldThread.ts', import.meta.url), { workerData, resourceLimits });
  });
  const counts: Record<string, number> = {};
  const faults: Fault[] = [];
  let cpuMs = 0;
  const take = (tried: Tried) => {
    for (const [what, count] of Object.entries(tried.counts)) counts[what] = (counts[what] ?? 0) + count;
    cpuMs += tried.cpuMs;
    faults.push(...tried.faults);
    heard(tried);
  };
  try {
    await Promise.all(threads.map((thread) => untilEnd(thread.on('message', take))));
    return { counts, cpuMsEach: cpuMs / (to - from + 1), faults };
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

const untilEnd = (thread: Worker): Promise<void> =>
  new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a thread of worlds has ended with ${code}`)),
    );
  });
