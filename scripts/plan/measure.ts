import { setTimeout as wait } from 'node:timers/promises';
import { VideoQuality } from '@livekit/protocol';
import { type MeasuredServer, startOwn } from '../bench/servers.ts';
import { Bots } from '../load/Bots.ts';
import type { Snapshot } from '../load/protocol.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { cpuOfProcess, usageOfTree } from '../measure/processTree.ts';
import { type Costs, fit, type Layer, predict, type Run } from './costs.ts';
import { thisMachine } from './machine.ts';

const qualities: Record<Layer, VideoQuality> = {
  low: VideoQuality.LOW,
  medium: VideoQuality.MEDIUM,
  high: VideoQuality.HIGH,
};

/** Sizes and layers of the runs that the costs are fitted to, and the one that they must predict without having seen it. */
const FITTED: readonly (readonly [viewers: number, layer: Layer])[] = [
  [50, 'high'],
  [150, 'low'],
  [100, 'medium'],
  [150, 'high'],
  [50, 'low'],
];
const HELD_OUT = [300, 'low'] as const;

const JOINS_PER_SECOND = 20;
/** Before the first viewer, and once all are in: what starting and joining leave behind is over by then. */
const SETTLE_MS = 6_000;
const HOLD_MS = 10_000;
/** A run in which more was lost is no measurement. */
const MOST_LOST = 0.02;

export interface Proof {
  readonly viewers: number;
  readonly layer: Layer;
  /** Cores of the whole server. */
  readonly predicted: number;
  readonly measured: number;
}

/**
 * Runs a server of our own on this machine with audiences of several sizes, and fits what its work costs.
 * @param pageMs of a join, which is measured by `bench joins`
 */
export async function measure(pageMs: number, say: (line: string) => void): Promise<{ costs: Costs; proof: Proof }> {
  await provideMediaWorker();
  const runs: Run[] = [];
  for (const [viewers, layer] of FITTED) runs.push(await told(await runOnce(viewers, layer), say));
  const costs = fit(runs, thisMachine(), new Date().toISOString(), pageMs);
  const [viewers, layer] = HELD_OUT;
  const held = await told(await runOnce(viewers, layer), say);
  const { nodeCores, workerCores } = predict(costs, viewers, layer);
  return {
    costs,
    proof: { viewers, layer, predicted: nodeCores + workerCores, measured: held.nodeCores + held.workerCores },
  };
}

function told(run: Run, say: (line: string) => void): Run {
  const per = (cores: number): string => ((1e6 * cores) / run.viewers).toFixed(0);
  say(
    `${run.viewers} viewers, ${run.layer}: ${run.packetsPerSecond.toFixed(0)} packets a second; a second of a viewer costs ` +
      `${per(run.workerCores)} us in the worker and ${per(run.nodeCores)} us in signalling, ` +
      `a join ${run.joinWorkerMs.toFixed(1)} and ${run.joinNodeMs.toFixed(1)} ms`,
  );
  return run;
}

async function runOnce(viewers: number, layer: Layer): Promise<Run> {
  const open: { close(): Promise<void> }[] = [];
  try {
    const server = await startOwn('own');
    open.unshift(server);
    const account = { url: server.url, key: server.key, secret: server.secret, room: 'plan', bindAddress: '127.0.0.1' };
    open.unshift(await Bots.publisher(account));
    await wait(SETTLE_MS);
    await server.collect?.();
    const idle = usage(server);
    await wait(HOLD_MS / 2);
    const empty = usage(server);
    const bots = await Bots.viewers(account, viewers, JOINS_PER_SECOND, { quality: qualities[layer] });
    open.unshift(bots);
    const [joined, inside] = [usage(server), await bots.snapshot()];
    await wait(SETTLE_MS);
    await server.collect?.();
    const [before, held] = [usage(server), await bots.snapshot()];
    await wait(HOLD_MS);
    const [after, end] = [usage(server), await bots.snapshot()];
    checkWhole(held, end);
    const base = rate(idle, empty);
    const seconds = (after.at - before.at) / 1e3;
    const hold = rate(before, after);
    const joining = (joined.at - empty.at) / 1e3;
    const start = Math.min(...inside.viewers.map((v) => v.startedAt));
    const last = Math.max(...inside.viewers.map((v) => v.startedAt));
    return {
      ...{ viewers, layer },
      packetsPerSecond: grown(held, end, 'packets') / seconds,
      bitsPerSecond: (8 * grown(held, end, 'bytes')) / seconds,
      nodeCores: hold.node - base.node,
      workerCores: hold.workers - base.workers,
      joinNodeMs: (1e3 * (joined.node - empty.node - joining * base.node)) / viewers,
      joinWorkerMs: (1e3 * (joined.workers - empty.workers - joining * base.workers)) / viewers,
      packetsWhileJoining: inside.viewers.reduce((sum, v) => sum + v.packets, 0) / viewers,
      secondsWhileJoining: joining - (last - start) / 2e3,
      idleMb: empty.megabytes,
      holdMb: after.megabytes,
    };
  } finally {
    for (const each of open) await each.close();
  }
}

interface Usage {
  readonly at: number;
  /** CPU seconds of the process of signalling, and of the media workers below it. */
  readonly node: number;
  readonly workers: number;
  readonly megabytes: number;
}

function usage({ pid }: MeasuredServer): Usage {
  const tree = usageOfTree(pid);
  const node = cpuOfProcess(pid);
  return { at: performance.now(), node, workers: tree.cpuSeconds - node, megabytes: tree.memoryBytes / 2 ** 20 };
}

function rate(from: Usage, to: Usage): { readonly node: number; readonly workers: number } {
  const seconds = (to.at - from.at) / 1e3;
  return { node: (to.node - from.node) / seconds, workers: (to.workers - from.workers) / seconds };
}

const grown = (from: Snapshot, to: Snapshot, field: 'packets' | 'bytes' | 'expected'): number =>
  to.viewers.reduce((sum, v) => sum + v[field], 0) - from.viewers.reduce((sum, v) => sum + v[field], 0);

/** @throws Error when somebody did not get in, or the machine was too busy to deliver */
function checkWhole(from: Snapshot, to: Snapshot): void {
  const failed = to.viewers.find((v) => v.failure !== undefined || v.times.firstVideo === undefined);
  if (failed) throw new Error(`a viewer failed: ${failed.failure ?? 'they saw nothing'}`);
  const lost = 1 - grown(from, to, 'packets') / grown(from, to, 'expected');
  if (lost > MOST_LOST) {
    throw new Error(`${(100 * lost).toFixed(0)} % of the packets were lost: measure on a quiet machine`);
  }
}
