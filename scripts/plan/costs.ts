import {
  type Costs,
  costsSchema,
  type Layer,
  type Stream,
  sendingUs,
  streamOf,
} from '../../server/src/domain/nodes/capacity/costs.ts';
import { solve } from './leastSquares.ts';

/** An audience that watches one layer, and what it took for some seconds. */
export interface Run {
  readonly viewers: number;
  readonly layer: Layer;
  /** All viewers together. */
  readonly framesPerSecond: number;
  readonly packetsPerSecond: number;
  readonly bitsPerSecond: number;
  /** Cores in use, less what the same server takes with a publisher and nobody who watches. */
  readonly nodeCores: number;
  readonly workerCores: number;
}

/** Viewers who came in one after the other beside others, all of one layer, and what that took. */
export interface Coming {
  readonly before: number;
  readonly came: number;
  readonly layer: Layer;
  readonly seconds: number;
  /** CPU seconds of the workers, less what the same server takes with nobody who watches. */
  readonly workerSeconds: number;
  /** That the server occupied when they were in, with all that they left behind on their way. */
  readonly megabytes: number;
}

/** Viewers who are there and are sent nothing, since nobody speaks: what their connections alone cost. */
export interface Silence {
  readonly viewers: number;
  readonly nodeCores: number;
  readonly workerCores: number;
}

export interface Measured {
  readonly machine: string;
  readonly at: string;
  readonly sendNs?: number | undefined;
  readonly runs: readonly Run[];
  readonly comings: readonly Coming[];
  /** Measured directly: the fit gives a peer no less. */
  readonly silence: Silence;
  /** What these runs do not show: what a join takes of the process of signalling. */
  readonly join: Pick<Costs['join'], 'nodeMs' | 'pageMs'>;
}

/**
 * Fits the costs to runs of different sizes and layers: least squares of relative errors, nothing below zero, and a peer
 * not below what it costs while nothing is sent to it.
 * @throws Error when the runs do not tell peers, frames and packets apart
 */
export function fit({ machine, at, sendNs, runs, comings, silence, join }: Measured): Costs {
  const alone = (cores: number): number => (1e6 * cores) / silence.viewers;
  const [roomWorkerUs = 0, workerUs = 0, frameUs = 0, packetUs = 0] = solve(
    runs.map((run) => [1, run.viewers, run.framesPerSecond, run.packetsPerSecond]),
    runs.map((run) => 1e6 * run.workerCores),
    [0, alone(silence.workerCores)],
  );
  const [roomNodeUs = 0, nodeUs = 0] = solve(
    runs.map((run) => [1, run.viewers]),
    runs.map((run) => 1e6 * run.nodeCores),
    [0, alone(silence.nodeCores)],
  );
  const [idleMb = 0, peerMb = 0] = solve(
    comings.map(({ before, came }) => [1, before + came]),
    comings.map(({ megabytes }) => megabytes),
  );
  const costs = costsSchema.parse({
    ...{ machine, at, frameUs, packetUs, worstError: 0 },
    ...(sendNs !== undefined && { sendNs }),
    join: { ...join, workerMs: 0 },
    room: { nodeUs: roomNodeUs, workerUs: roomWorkerUs },
    peer: { nodeUs, workerUs },
    memory: { idleMb, peerMb },
    streams: [...Map.groupBy(runs, ({ layer }) => layer)].map(([layer, of]) => ({
      layer,
      framesPerSecond: mean(of.map((run) => run.framesPerSecond / run.viewers)),
      packetsPerSecond: mean(of.map((run) => run.packetsPerSecond / run.viewers)),
      bitsPerSecond: mean(of.map((run) => run.bitsPerSecond / run.viewers)),
    })),
  });
  return { ...costs, join: { ...join, workerMs: mean(comings.map((coming) => workerMs(costs, coming))) } };
}

/** What coming in took of the workers, each, beyond what those who were there by then took of what they watched. */
function workerMs(costs: Costs, { before, came, layer, seconds, workerSeconds }: Coming): number {
  const { workerCores } = foretell(costs, [{ viewers: before + came / 2, layer }]);
  return Math.max(0, (1e3 * (workerSeconds - seconds * workerCores)) / came);
}

/** Viewers who watch the same. */
export interface Watching {
  readonly viewers: number;
  readonly layer: Layer;
}

/** What an audience of one room takes of a node. */
export interface Taken {
  readonly nodeCores: number;
  readonly workerCores: number;
  /** Of payload. */
  readonly bitsPerSecond: number;
  readonly megabytes: number;
}

/** @param pace of a speaker who sends that share of the frames that were measured */
export function foretell(costs: Costs, audience: readonly Watching[], pace = 1): Taken {
  const { room, peer, memory } = costs;
  const sum = (of: (stream: Stream) => number): number =>
    audience.reduce((all, { viewers, layer }) => all + viewers * of(streamOf(costs, layer)), 0);
  return {
    nodeCores: (room.nodeUs + sum(() => peer.nodeUs)) / 1e6,
    workerCores: (room.workerUs + sum((stream) => peer.workerUs + pace * sendingUs(costs, stream))) / 1e6,
    bitsPerSecond: pace * sum((stream) => stream.bitsPerSecond),
    megabytes: memory.idleMb + sum(() => memory.peerMb),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
