import { type CapacitySetting, carriedBy, joinsPerSecond, type Means } from './capacity.ts';

/** A node as it says of itself to the others. */
export interface RegisteredNode {
  readonly node: string;
  /** For media; signalling has one more. */
  readonly cores: number;
  /** undefined: nobody has set how much its line gives, and it is taken as asked for. */
  readonly mbit?: number | undefined;
  /** Its memory, MB; undefined: taken as asked for. */
  readonly memoryMb?: number | undefined;
  /** PL28; undefined: taken as asked for. */
  readonly pipePorts?: number | undefined;
  /** Joins a second that it takes; undefined: one of a version that does not say it takes as many as was asked for. */
  readonly joins?: number | undefined;
  /** It drains, and carries nobody. */
  readonly draining: boolean;
}

interface Carries {
  readonly node: string;
  readonly carries: number;
  /** What ends first there; undefined: it drains. */
  readonly limit: Means | undefined;
  readonly setting: CapacitySetting;
}

/** How an event fits the nodes that are there. */
export interface NodesFit {
  readonly nodes: readonly Carries[];
  readonly carries: number;
  /** When the one that carries most dies. */
  readonly withoutLargest: number;
  /** Viewers without room; 0: all have some. */
  readonly missing: number;
  readonly missingWithoutLargest: number;
  readonly joinsPerSecond: number;
}

/** @param setting whose machine says what a node does not say of itself, as a line that nobody has set */
export function fitNodes(setting: CapacitySetting, registered: readonly RegisteredNode[]): NodesFit {
  const viewers = setting.event.provinces.reduce((sum, { devices }) => sum + devices, 0);
  const nodes = registered.map(
    ({ node, cores, mbit, memoryMb, pipePorts, joins = setting.joins, draining }): Carries => {
      const gbit = mbit === undefined ? setting.machine.gbit : mbit / 1000;
      const memoryGb = memoryMb === undefined ? setting.machine.memoryGb : memoryMb / 1024;
      const ports = pipePorts ?? setting.machine.pipePorts;
      const machine = { cores: cores + 1, gbit, memoryGb, pipePorts: ports };
      const own = { ...setting, joins, machine };
      const { perNode, limit } = carriedBy(own, registered.length);
      return { node, carries: draining ? 0 : perNode, limit: draining ? undefined : limit, setting: own };
    },
  );
  const carries = nodes.reduce((sum, one) => sum + one.carries, 0);
  const withoutLargest = carries - Math.max(0, ...nodes.map((one) => one.carries));
  const share = Math.min(1, viewers / carries);
  return {
    ...{ nodes, carries, withoutLargest },
    missing: Math.max(0, viewers - carries),
    missingWithoutLargest: Math.max(0, viewers - withoutLargest),
    joinsPerSecond: nodes.reduce(
      (sum, one) => sum + (one.carries === 0 ? 0 : joinsPerSecond(one.setting, one.carries * share)),
      0,
    ),
  };
}
