import {
  carriedBy,
  type PlannedEvent as Event,
  joinsPerSecond,
  type Means,
  ofNode,
  type CapacitySetting as Setting,
  shortOf,
  useOf,
  type ViewerCost,
  viewerCostOf,
} from '../../server/src/domain/nodes/capacity/capacity.ts';
import { RETURNS_PER_JOIN } from '../../server/src/domain/nodes/limits.ts';

export interface Plan {
  readonly viewers: number;
  readonly viewer: ViewerCost;
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

/** @throws Error when a node of that kind carries nobody */
export function plan(setting: Setting): Plan {
  const { costs, event, machine } = setting;
  const viewers = event.provinces.reduce((sum, { devices }) => sum + devices, 0);
  const viewer = viewerCostOf(setting);
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
 * PL25: when one of so many nodes dies: how the others stand, and how long until all are in again, by the lane of those
 * who come back (PL22); undefined: none is left.
 */
export function withoutOne(setting: Setting, { viewers }: Plan, nodes: number) {
  const left = nodes - 1;
  if (left < 1) return undefined;
  const use = useOf(setting, viewers / left, left);
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
