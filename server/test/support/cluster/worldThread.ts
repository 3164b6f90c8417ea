import { parentPort, workerData } from 'node:worker_threads';
import { Simulation } from './Simulation.ts';
import type { Fault, Share, Tried } from './tryWorlds.ts';

const { from, to, step } = workerData as Share;

/** So many worlds are told of at once. */
const BATCH = 50;

/** Refusals are many, and nobody reads where they were made; of a world that fails it is said when it is repeated. */
const { stackTraceLimit } = Error;
Error.stackTraceLimit = 0;

/** @param counts taken on with those of the world @returns undefined: it was as it should be */
async function faultOf(seed: number, counts: Record<string, number>): Promise<Error | undefined> {
  try {
    const found = await new Simulation(seed).run();
    for (const [what, count] of Object.entries(found)) counts[what] = (counts[what] ?? 0) + count;
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** A world that has failed is tried once more: it does the same again, or that is a fault itself. */
async function repeated(seed: number, first: Error): Promise<Fault> {
  Error.stackTraceLimit = stackTraceLimit;
  const again = await faultOf(seed, {});
  Error.stackTraceLimit = 0;
  const message = again?.message === first.message ? first.message : `${first.message}; and again: ${again?.message}`;
  return { seed, message, stack: (again ?? first).stack ?? message };
}

async function tryBatch(seeds: readonly number[]): Promise<Tried> {
  const counts: Record<string, number> = {};
  const faults: Fault[] = [];
  const before = process.threadCpuUsage();
  for (const seed of seeds) {
    const fault = await faultOf(seed, counts);
    if (fault) faults.push(await repeated(seed, fault));
  }
  const { user, system } = process.threadCpuUsage(before);
  return { worlds: seeds.length, counts: counts as Tried['counts'], cpuMs: (user + system) / 1000, faults };
}

const seeds = Array.from({ length: Math.ceil((to - from + 1) / step) }, (_, i) => from + i * step);
for (let at = 0; at < seeds.length; at += BATCH) parentPort?.postMessage(await tryBatch(seeds.slice(at, at + BATCH)));
