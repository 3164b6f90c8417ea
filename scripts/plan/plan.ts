import { RETURNS_PER_JOIN } from '../../server/src/domain/nodes/limits.ts';
import { BODIES_IN_FLIGHT } from '../../server/src/protocol/limits.ts';
import { type Costs, type Layer, type Stream, sendingUs, streamOf } from './costs.ts';

/** One node's machine. */
export interface Machine {
  readonly cores: number;
  readonly gbit: number;
  readonly memoryGb: number;
}

/** What a layer is sent with. */
interface Picture {
  /** Bit/s. */
  readonly bitrate: number;
  /** Frames a second. */
  readonly frameRate: number;
}

/** What is to be held: who comes, and what each of them is shown. */
export interface Event {
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
export interface Setting {
  readonly costs: Costs;
  readonly event: Event;
  /** Each node's. */
  readonly machine: Machine;
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

export type Means = 'workers' | 'signalling' | 'line' | 'memory';

/** What one viewer takes while they watch. */
export interface Viewer {
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

export interface Plan {
  readonly viewers: number;
  readonly viewer: Viewer;
  /** Viewers that one node carries, and what ends first. */
  readonly perNode: number;
  readonly limit: Means;
  /** Nodes that the event needs, so that any one of them may die. */
  readonly nodes: number;
  /** All nodes together while they watch. */
  readonly cores: number;
  readonly gbit: number;
  readonly memoryGb: number;
}

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

function viewerOf({ costs, event }: Setting): Viewer {
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

/** What so many viewers take of one node, with a speaker on each stage. */
export function useOf(setting: Setting, viewers: number): Use {
  const { costs, event, machine } = setting;
  const viewer = viewerOf(setting);
  const { nodeUs, workerUs } = costs.room;
  return {
    workers: (viewers * viewer.workerCores + (event.stages * workerUs) / 1e6) / workerCores(machine),
    signalling: (viewers * viewer.nodeCores + (event.stages * nodeUs) / 1e6) / budgets.node,
    line: (viewers * viewer.bitsPerSecond) / (budgets.line * machine.gbit * 1e9),
    memory: (ofNode(costs) + viewers * viewer.memoryMb) / (budgets.memory * machine.memoryGb * 1024),
  };
}

/** MB that a node takes without viewers, with as many bodies of requests as it lets in. */
export const ofNode = ({ memory }: Costs): number => memory.idleMb + CROWD_MB + BODIES_MB;

/** One core is the process of signalling's. */
const workerCores = ({ cores }: Machine): number => budgets.workers * Math.max(0, cores - 1);

/** What there is too little of when so many viewers are on one node. */
export const shortOf = (use: Use): readonly Means[] =>
  (Object.keys(use) as Means[]).filter((means) => use[means] > 1).sort((a, b) => use[b] - use[a]);

/** Viewers that one node carries, and what ends first. */
export function carriedBy(setting: Setting) {
  const perNode = most((count) => shortOf(useOf(setting, count)).length === 0);
  return { perNode, limit: shortOf(useOf(setting, perNode + 1))[0] };
}

/** @throws Error when a node of that kind carries nobody */
export function plan(setting: Setting): Plan {
  const { costs, event, machine } = setting;
  const viewers = event.provinces.reduce((sum, { devices }) => sum + devices, 0);
  const viewer = viewerOf(setting);
  const { perNode, limit } = carriedBy(setting);
  if (perNode === 0 || !limit) throw new Error(`a machine of ${machine.cores} cores carries nobody: ${limit} is short`);
  // Any of them may die, and its viewers find room at the others.
  const nodes = Math.ceil(viewers / perNode) + 1;
  const rooms = (nodes * event.stages * (costs.room.nodeUs + costs.room.workerUs)) / 1e6;
  return {
    ...{ viewers, viewer, perNode, limit, nodes },
    cores: rooms + viewers * (viewer.workerCores + viewer.nodeCores),
    gbit: (viewers * viewer.bitsPerSecond) / 1e9,
    memoryGb: (nodes * ofNode(costs) + viewers * viewer.memoryMb) / 1024,
  };
}

/**
 * Joins a second that a node takes beside the viewers that it has, with the pages of those who come: as it is set, and no
 * more than its process of signalling and its workers have left.
 */
export function joinsPerSecond(setting: Setting, viewers: number): number {
  const { costs, machine, joins } = setting;
  const use = useOf(setting, viewers);
  const left = (means: 'signalling' | 'workers', cores: number): number => 1000 * cores * (1 - use[means]);
  const rates = [
    left('signalling', budgets.node) / (costs.join.nodeMs + costs.join.pageMs),
    left('workers', workerCores(machine)) / costs.join.workerMs,
  ];
  return Math.max(0, Math.min(joins, ...rates));
}

/**
 * PL25: when one of so many nodes dies: how the others stand, and how long until all are in again, by the lane of those
 * who come back (PL22); undefined: none is left.
 */
export function withoutOne(setting: Setting, { viewers }: Plan, nodes: number) {
  const left = nodes - 1;
  if (left < 1) return undefined;
  const use = useOf(setting, viewers / left);
  const rate = left * RETURNS_PER_JOIN * joinsPerSecond(setting, viewers / left);
  const moved = viewers / nodes;
  return { use, short: shortOf(use), moved, seconds: rate > 0 ? moved / rate : Number.POSITIVE_INFINITY };
}

/** A province, and when its devices are let in: seconds after the doors open. */
export interface Slot {
  readonly name: string;
  readonly devices: number;
  readonly from: number;
  readonly to: number;
}

/** Province after province, each as long as its devices take at that rate. */
export function timetable({ provinces }: Event, joinsPerSecondOfAll: number): readonly Slot[] {
  let from = 0;
  return provinces.map(({ name, devices }) => {
    const slot = { name, devices, from, to: from + devices / joinsPerSecondOfAll };
    from = slot.to;
    return slot;
  });
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
