import { BODIES_IN_FLIGHT } from '../../../protocol/limits.ts';
import { type Costs, type Layer, type Stream, sendingUs, streamOf } from './costs.ts';

/** One node's machine. */
export interface NodeMachine {
  readonly cores: number;
  readonly gbit: number;
  readonly memoryGb: number;
  /** UDP ports for media between nodes (`PIPE_PORTS`). */
  readonly pipePorts: number;
}

/** What a layer is sent with. */
interface Picture {
  /** Bit/s. */
  readonly bitrate: number;
  /** Frames a second. */
  readonly frameRate: number;
}

/** What is to be held: who comes, and what each of them is shown. */
export interface PlannedEvent {
  /** Devices of each province or city, in the order in which they are let in. */
  readonly provinces: readonly { readonly name: string; readonly devices: number }[];
  /** The large picture of those whose line carries it. */
  readonly main: Picture & { readonly layer: Layer };
  /** The lowest layer. */
  readonly low: Picture;
  /** Fraction of devices on lines that carry the lowest layer alone. */
  readonly weakShare: number;
  /** Tiered rooms: each viewer has a second, small picture, and so many stages are on at one time. */
  readonly stages: number;
}

/** What is planned with: what work costs, what is to be held, and on what. */
export interface CapacitySetting {
  readonly costs: Costs;
  readonly event: PlannedEvent;
  /** Each node's. */
  readonly machine: NodeMachine;
  /** `JOINS_PER_SECOND` of each node. */
  readonly joins: number;
}

/** Of a machine's means so much is used; the rest is for what nobody foresaw, and for the moment when a node dies. */
export const budgets = {
  /** Of the workers' cores. One core is the process of signalling's. */
  workers: 0.7,
  /** Of the core of the process of signalling, while people join. */
  node: 0.6,
  line: 0.7,
  memory: 0.8,
  /** A pipe that is made anew has its port beside that of the one that died, which stands for ten seconds more (CL25). */
  pipePorts: 0.7,
} as const;

/** RTP with its header extensions, SRTP's tag, UDP and IP. */
const HEADER_BYTES = 12 + 12 + 10 + 8 + 20;
/** A device's order channel beside its media, MB (`dh bench rollcall`: 34 KB a connection). */
const CHANNEL_MB = 0.034;
/**
 * What letting a crowd in leaves in a node's memory, MB: by as much more a server occupied to which 300 came at once than
 * one to which they came by and by (docs/operations/capacity.md).
 */
export const CROWD_MB = 50;

/** HT15: what bodies of requests hold at most, all kinds together, MB. */
export const BODIES_MB: number = Object.values(BODIES_IN_FLIGHT).reduce((sum, { all }) => sum + all, 0) / 2 ** 20;

/** CL33: nodes to which a node sends one track. */
export const COPIES_OF_A_TRACK = 32;
/** Tracks of a stage: a speaker's camera and sound. */
const STAGE_TRACKS = 2;
/** A shared screen and its sound, on one stage at a time. */
const SCREEN_TRACKS = 2;

export type Means = 'workers' | 'signalling' | 'line' | 'memory' | 'pipePorts';

/** What one viewer takes while they watch. */
export interface ViewerCost {
  readonly framesPerSecond: number;
  readonly packetsPerSecond: number;
  readonly bitsPerSecond: number;
  readonly workerCores: number;
  /** Where each packet comes by itself, as from a camera whose frames are spread. */
  readonly workerCoresSpread: number;
  readonly nodeCores: number;
  readonly memoryMb: number;
}

/** What so many viewers take of one node, as fractions of what it may give (1 = all of it). */
export type Use = Readonly<Record<Means, number>>;

type Sent = Omit<Stream, 'layer'>;
/** Streams that are sent together, each as often as it says. */
const together = (...streams: readonly (readonly [times: number, stream: Sent])[]): Sent => {
  const sum = (of: (stream: Sent) => number): number => streams.reduce((all, [times, one]) => all + times * of(one), 0);
  return {
    framesPerSecond: sum((one) => one.framesPerSecond),
    packetsPerSecond: sum((one) => one.packetsPerSecond),
    bitsPerSecond: sum((one) => one.bitsPerSecond),
  };
};

/** The picture that was measured, without its sound, as it is with that bitrate: as many packets more as bits. */
function picture(costs: Costs, layer: Layer, { bitrate, frameRate }: Picture): Sent {
  const measured = together([1, streamOf(costs, layer)], [-1, streamOf(costs, 'sound')]);
  const packetsPerSecond = Math.max(frameRate, (measured.packetsPerSecond * bitrate) / measured.bitsPerSecond);
  return { framesPerSecond: frameRate, packetsPerSecond, bitsPerSecond: bitrate };
}

export function viewerCostOf({ costs, event }: CapacitySetting): ViewerCost {
  const small = picture(costs, 'low', event.low);
  const large = picture(costs, event.main.layer, event.main);
  // A weak line gets its main stage alone, small; the others get the second stage small beside it, without its sound.
  const [weak, good] = [event.weakShare, 1 - event.weakShare];
  const second = event.stages > 1 ? good : 0;
  const sent = together([1, streamOf(costs, 'sound')], [weak + second, small], [good, large]);
  const { framesPerSecond, packetsPerSecond } = sent;
  const workerCores = (frames: number): number =>
    (costs.peer.workerUs + sendingUs(costs, { framesPerSecond: frames, packetsPerSecond })) / 1e6;
  return {
    ...{ framesPerSecond, packetsPerSecond },
    bitsPerSecond: sent.bitsPerSecond + packetsPerSecond * HEADER_BYTES * 8,
    workerCores: workerCores(framesPerSecond),
    workerCoresSpread: workerCores(packetsPerSecond),
    nodeCores: costs.peer.nodeUs / 1e6,
    memoryMb: costs.memory.peerMb + CHANNEL_MB,
  };
}

/** What so many viewers take of one node, with a speaker on each stage. @param nodes that there are, this one too */
export function useOf(setting: CapacitySetting, viewers: number, nodes = 1): Use {
  const { costs, event, machine } = setting;
  const viewer = viewerCostOf(setting);
  const { nodeUs, workerUs } = costs.room;
  return {
    workers: (viewers * viewer.workerCores + (event.stages * workerUs) / 1e6) / workerCores(machine),
    signalling: (viewers * viewer.nodeCores + (event.stages * nodeUs) / 1e6) / budgets.node,
    line: (viewers * viewer.bitsPerSecond) / (budgets.line * machine.gbit * 1e9),
    memory: (ofNode(costs) + viewers * viewer.memoryMb) / (budgets.memory * machine.memoryGb * 1024),
    pipePorts: pipePortsOf(event, nodes) / (budgets.pipePorts * machine.pipePorts),
  };
}

/** MB that a node takes without viewers, with as many bodies of requests as it lets in. */
export const ofNode = ({ memory }: Costs): number => memory.idleMb + CROWD_MB + BODIES_MB;

/** One core is the process of signalling's. */
const workerCores = ({ cores }: NodeMachine): number => budgets.workers * Math.max(0, cores - 1);

/**
 * PL28: UDP ports that the pipes of a node take at most: one for each track and each other node that pulls it, when all who
 * are on the stages publish there.
 */
export const pipePortsOf = ({ stages }: Pick<PlannedEvent, 'stages'>, nodes: number): number =>
  (stages * STAGE_TRACKS + SCREEN_TRACKS) * Math.min(nodes - 1, COPIES_OF_A_TRACK);

/** What there is too little of when so many viewers are on one node. */
export const shortOf = (use: Use): readonly Means[] =>
  (Object.keys(use) as Means[]).filter((means) => use[means] > 1).sort((a, b) => use[b] - use[a]);

/** Viewers that one of so many nodes carries, and what ends first. */
export function carriedBy(setting: CapacitySetting, nodes = 1) {
  const perNode = most((count) => shortOf(useOf(setting, count, nodes)).length === 0);
  return { perNode, limit: shortOf(useOf(setting, perNode + 1, nodes))[0] };
}

/**
 * Joins a second that a node takes beside the viewers that it has, with the pages of those who come: as it is set, and no
 * more than its process of signalling and its workers have left.
 */
export function joinsPerSecond(setting: CapacitySetting, viewers: number): number {
  const { costs, machine, joins } = setting;
  const use = useOf(setting, viewers);
  const left = (means: 'signalling' | 'workers', cores: number): number => 1000 * cores * (1 - use[means]);
  const rates = [
    left('signalling', budgets.node) / (costs.join.nodeMs + costs.join.pageMs),
    left('workers', workerCores(machine)) / costs.join.workerMs,
  ];
  return Math.max(0, Math.min(joins, ...rates));
}

/** The largest whole number for which it holds, given that it holds for all below. */
function most(holds: (count: number) => boolean): number {
  let high = 1;
  while (holds(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
