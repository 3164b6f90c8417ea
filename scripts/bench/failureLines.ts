import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { happens } from '../../server/test/support/happens.ts';
import { cutPath } from '../../server/test/support/Switch.ts';
import type { SwitchedNode } from '../../server/test/support/SwitchedNodes.ts';
import { until } from '../../server/test/support/until.ts';
import type { FailureGround } from './FailureGround.ts';
import type { Viewer } from './failureViewers.ts';

/** For how long what comes back is away, ms. */
const AWAY_MS = 10_000;

export interface Line {
  readonly name: string;
  /** p95 of the time without a picture. */
  readonly goalMs: number;
  /** Does it, to a node without the pages in Chromium or to theirs. @returns whose pictures count, as they were before */
  happen(ground: FailureGround): Promise<readonly Viewer[]>;
  readonly env?: Record<string, string>;
}

/** What dies. */
export const lines: readonly Line[] = [
  {
    name: 'viewer-node',
    goalMs: 5_000,
    happen: async (ground) => {
      const node = await ground.viewersNode();
      const viewers = ground.viewersAt(node);
      await ground.rollCall();
      await node.server.kill();
      return viewers;
    },
  },
  {
    name: 'host-vanished',
    goalMs: 8_000,
    happen: async (ground) => {
      const node = await ground.viewersNode();
      const viewers = ground.viewersAt(node);
      node.computer.unplug();
      return viewers;
    },
  },
  {
    name: 'principal-node',
    goalMs: 6_000,
    happen: async (ground) => {
      await ground.principalNode.server.kill();
      return ground.viewers;
    },
  },
  {
    name: 'carrier-node',
    goalMs: 3_000,
    happen: async (ground) => {
      const node = await ground.carrierNode();
      const there = ground.viewersAt(node);
      await node.server.kill();
      return ground.viewers.filter((viewer) => !there.includes(viewer));
    },
  },
  {
    name: 'path',
    goalMs: 3_000,
    happen: async (ground) => {
      const node = await ground.viewersNode();
      cutPath(node.computer, ground.principalNode.computer);
      return ground.viewersAt(node);
    },
  },
  { name: 'postgresql', goalMs: 0, happen: (ground) => away(ground, ground.nodes.postgres) },
  { name: 'redis', goalMs: 0, happen: (ground) => away(ground, ground.nodes.redis) },
  {
    name: 'stopped',
    goalMs: 8_000,
    happen: async (ground) => {
      const node = await ground.viewersNode();
      const viewers = ground.viewersAt(node);
      await ground.rollCall();
      await standStill(node, AWAY_MS);
      return viewers;
    },
  },
  {
    name: 'rolling',
    goalMs: 2_000,
    happen: async (ground) => {
      await restartAll(ground);
      return ground.viewers;
    },
  },
];

async function away(ground: FailureGround, line: { cut(): void; mend(): void }): Promise<readonly Viewer[]> {
  await ground.rollCall();
  line.cut();
  await wait(AWAY_MS);
  line.mend();
  return ground.viewers;
}

/** One after another, during a roll-call and a call that rings. */
export async function restartAll(ground: FailureGround): Promise<void> {
  await ground.rollCall();
  const take = await ground.call();
  const [first, ...others] = ground.nodes.all as [SwitchedNode, ...SwitchedNode[]];
  await restart(ground, first);
  await take();
  for (const node of others) await restart(ground, node);
}

/** As an operator does with a new version: told to end, it drains, and is started again; then the next. */
async function restart(ground: FailureGround, node: SwitchedNode): Promise<void> {
  const { server } = node;
  const ended = happens(server.child, 'exit', 90_000);
  server.child.kill('SIGTERM');
  await ended;
  await server.start();
  await until('it is ready', () => node.isReady(), 60_000);
  await ground.settled();
}

/** The server with its workers, as a machine that is suspended. */
export async function standStill({ server }: SwitchedNode, ms: number): Promise<void> {
  const all = treeOf(server.pid);
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  await wait(ms);
  for (const pid of all) process.kill(pid, 'SIGCONT');
}

/** A process with all that it started. */
function treeOf(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(treeOf)];
}
