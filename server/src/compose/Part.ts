import type { NodeTopic } from '../cluster/bus/nodeTopic.ts';
import type { NodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Route } from '../edge/http/route.ts';
import type { ActHandlers, MakeNotices } from '../edge/socket/channel/types.ts';
import type { RegisteredJob } from '../jobs/Jobs.ts';
import { type ActName, acts } from '../protocol/channel.ts';

/** Something looked after again and again: what jobs and hints have lost, and what is written now and then. */
export interface Sweep {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => unknown;
  /** CL8: also when this node was stopped, before it obeys anybody; those of `CATCH_UP_EVERY_MS` are anyway. */
  readonly catchesUp?: boolean;
}

/** All that a slice hands to the hubs of a node. The hubs know parts, never slices. */
export interface Part {
  /** Name of the slice, for sentences and logs. */
  readonly name: string;
  /** Who does its acts on the order channel. */
  readonly acts?: Partial<ActHandlers>;
  /** What it tells devices by the order channel. */
  readonly notices?: MakeNotices;
  /** What it tells other nodes and hears of them. */
  readonly nodeTopics?: readonly NodeTopic[];
  /** What other nodes may ask of it. */
  readonly nodeAnswers?: readonly NodeAnswer[];
  readonly routes?: readonly Route[];
  readonly jobs?: readonly RegisteredJob[];
  readonly sweeps?: readonly Sweep[];
  /** When all parts are there and before anybody is let in, in the order of the parts. */
  readonly start?: () => Promise<void>;
  /** First of all at the end, while media and sockets are still there. */
  readonly drain?: () => void;
  /** When nothing reaches it any more. The last part is closed first. */
  readonly close?: () => unknown;
}

type ActsOf<P extends Part> = P extends { readonly acts: infer A } ? keyof A : never;
type Missing<P extends readonly Part[]> = Exclude<ActName, ActsOf<P[number]>>;

/**
 * The acts of all slices. One that nobody handles is found by the compiler, one that two handle at the start.
 * @throws Error that names the act and its slices
 */
export function actsOf<const P extends readonly Part[]>(
  parts: P & ([Missing<P>] extends [never] ? unknown : `no part handles ${Missing<P>}`),
): ActHandlers {
  const handlers: Record<string, unknown> = {};
  const owners = new Map<string, string>();
  for (const part of parts) {
    for (const [act, handler] of Object.entries(part.acts ?? {})) {
      const other = owners.get(act);
      if (other !== undefined) throw new Error(`the act ${act} has two handlers: ${other} and ${part.name}`);
      if (!Object.hasOwn(acts, act)) throw new Error(`${part.name} handles ${act}, which the protocol does not name`);
      owners.set(act, part.name);
      handlers[act] = handler;
    }
  }
  const missing = Object.keys(acts).filter((act) => !owners.has(act));
  if (missing.length > 0) throw new Error(`nobody handles ${missing.join(', ')}`);
  return handlers as ActHandlers;
}

/** What the parts hand in, in their order. */
export const gather = (parts: readonly Part[]) => ({
  notices: parts.flatMap((part) => part.notices ?? []),
  nodeTopics: parts.flatMap((part) => part.nodeTopics ?? []),
  nodeAnswers: parts.flatMap((part) => part.nodeAnswers ?? []),
  routes: parts.flatMap((part) => part.routes ?? []),
  jobs: parts.flatMap((part) => part.jobs ?? []),
  sweeps: parts.flatMap((part) => part.sweeps ?? []),
});
