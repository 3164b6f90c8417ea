import { setTimeout as wait } from 'node:timers/promises';
import type { SwitchedNode, SwitchedNodes } from '../../server/test/support/SwitchedNodes.ts';
import type { FailureGround } from './FailureGround.ts';
import type { Line } from './failureLines.ts';

/** From what the principal's node is cut off. */
interface Cut {
  readonly name: string;
  /** p95 of the time without a picture, at all viewers. */
  readonly goalMs: number;
  /** @returns what mends it */
  cut(node: SwitchedNode, nodes: SwitchedNodes): () => void;
  /** Its units are not there while it lasts, or go to other nodes. */
  readonly moves?: true;
}

const redis: Cut['cut'] = ({ computer }, nodes) => computer.cutPort(nodes.place.storesAddress, nodes.redis.port);
const postgresql: Cut['cut'] = ({ computer }, nodes) =>
  computer.cutPort(nodes.place.storesAddress, nodes.postgres.port);
const both =
  (...cuts: readonly Cut['cut'][]): Cut['cut'] =>
  (node, nodes) => {
    const mends = cuts.map((cut) => cut(node, nodes));
    return () => {
      for (const mend of mends) mend();
    };
  };
const fromOthers: Cut['cut'] = (node, nodes) => {
  const others = nodes.all.filter((other) => other !== node).map(({ computer }) => computer.address);
  for (const address of others) node.computer.cutOff(address);
  return () => {
    for (const address of others) node.computer.mend(address);
  };
};
const ofOthers: Cut['cut'] = (node, nodes) => {
  const others = nodes.all.filter((other) => other !== node);
  for (const { computer } of others) computer.cutOff(node.computer.address);
  return () => {
    for (const { computer } of others) computer.mend(node.computer.address);
  };
};

const cuts: readonly Cut[] = [
  { name: 'redis', goalMs: 1_000, cut: redis },
  { name: 'postgresql', goalMs: 1_000, cut: postgresql },
  { name: 'stores', goalMs: 8_000, cut: both(redis, postgresql), moves: true },
  { name: 'nodes-out', goalMs: 5_000, cut: fromOthers },
  { name: 'nodes-in', goalMs: 5_000, cut: ofOthers },
  { name: 'nodes', goalMs: 5_000, cut: both(fromOthers, ofOthers) },
  { name: 'redis-nodes', goalMs: 10_000, cut: both(redis, fromOthers, ofOthers), moves: true },
  {
    ...{ name: 'clients', goalMs: 8_000, moves: true },
    cut: ({ computer }, { place }) => {
      computer.cutOff(place.address);
      return () => computer.mend(place.address);
    },
  },
  {
    ...{ name: 'all', goalMs: 8_000, moves: true },
    cut: ({ computer }) => {
      computer.unplug();
      return () => computer.plug();
    },
  },
];

/** The principal's node is cut off from one thing or another, and is back after so many seconds. */
export const cutLines: readonly Line[] = [10, 60].flatMap((seconds) =>
  cuts.map(({ name, goalMs, cut, moves }) => ({
    ...{ name: `cut-${name}-${seconds}`, goalMs },
    happen: async (ground: FailureGround) => {
      const node = ground.principalNode;
      await ground.rollCall();
      const facts = ground.watchFacts(node, moves === undefined);
      const mend = cut(node, ground.nodes);
      await wait(seconds * 1_000);
      mend();
      await ground.said(facts);
      return ground.viewers;
    },
  })),
);
