import { parentPort, workerData } from 'node:worker_threads';
import { Simulation } from './Simulation.ts';
import type { Share, Tried } from './tryWorlds.ts';

const { from, to, step } = workerData as Share;
const counts: Record<string, number> = {};

/** Refusals are many, and nobody reads where they were made; of a world that fails it is said when it is repeated. */
const { stackTraceLimit } = Error;
Error.stackTraceLimit = 0;

/** @returns undefined: it was as it should be */
async function fault(seed: number): Promise<Error | undefined> {
  try {
    const found = await new Simulation(seed).run();
    for (const [what, count] of Object.entries(found)) counts[what] = (counts[what] ?? 0) + count;
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

async function tried(): Promise<Tried> {
  for (let seed = from; seed <= to; seed += step) {
    const first = await fault(seed);
    if (!first) continue;
    Error.stackTraceLimit = stackTraceLimit;
    const again = await fault(seed);
    const message = again?.message === first.message ? first.message : `${first.message}; and again: ${again?.message}`;
    return { seed, message, stack: (again ?? first).stack ?? message };
  }
  const { user, system } = process.threadCpuUsage();
  return { counts: counts as Extract<Tried, { counts: unknown }>['counts'], cpuMs: (user + system) / 1000 };
}

parentPort?.postMessage(await tried());
