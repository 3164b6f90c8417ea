import { carriedBy, joinsPerSecond, type Means, type Setting } from './plan.ts';
import { names } from './text.ts';

/** A node as it says of itself to the others. */
export interface Registered {
  readonly node: string;
  /** For media; signalling has one more. */
  readonly cores: number;
  /** undefined: nobody has set how much its line gives, and it is taken as asked for. */
  readonly mbit?: number | undefined;
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
  readonly setting: Setting;
}

/** How an event fits the nodes that are there. */
export interface Fit {
  readonly nodes: readonly Carries[];
  readonly carries: number;
  /** When the one that carries most dies. */
  readonly withoutLargest: number;
  /** Viewers without room; 0: all have some. */
  readonly missing: number;
  readonly missingWithoutLargest: number;
  readonly joinsPerSecond: number;
}

/** @param setting whose machine says what a node does not say of itself: memory, and a line that nobody has set */
export function fit(setting: Setting, registered: readonly Registered[]): Fit {
  const viewers = setting.event.provinces.reduce((sum, { devices }) => sum + devices, 0);
  const nodes = registered.map(({ node, cores, mbit, joins = setting.joins, draining }): Carries => {
    const gbit = mbit === undefined ? setting.machine.gbit : mbit / 1000;
    const own = { ...setting, joins, machine: { ...setting.machine, cores: cores + 1, gbit } };
    const { perNode, limit } = carriedBy(own);
    return { node, carries: draining ? 0 : perNode, limit: draining ? undefined : limit, setting: own };
  });
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

/** In sentences, the last of which says whether it fits. */
export function fitLines({ nodes, carries, withoutLargest, missing, missingWithoutLargest }: Fit): string[] {
  const each = nodes.map(({ node, carries, limit, setting: { machine } }) => {
    const { cores, gbit } = machine;
    if (limit === undefined) return `${node.padEnd(13)} drains, and carries nobody`;
    return `${node.padEnd(13)} of ${cores - 1} cores for media and ${gbit} Gbit/s carries ${carries}; ${names[limit]} end first`;
  });
  const sum = `registered    ${nodes.length} nodes carry ${carries}, and ${withoutLargest} when the largest dies`;
  if (missing > 0) {
    const ends = [...new Set(nodes.flatMap(({ limit }) => (limit === undefined ? [] : names[limit])))];
    const why = ends.length === 0 ? 'none takes viewers' : `short of ${ends.join(' and ')}`;
    return [...each, sum, `DOES NOT FIT  ${missing} viewers find no room at the nodes that are registered: ${why}`];
  }
  if (missingWithoutLargest > 0)
    return [...each, sum, `NO SPARE      when the largest dies, ${missingWithoutLargest} viewers find no room`];
  return [...each, sum, 'fits          also when any one of them dies'];
}
