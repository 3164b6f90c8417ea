import { z } from 'zod';
import { uuidSchema } from './uuid.ts';

/** PL12: what a node has only so much of. */
export const nodeUseSchema = z.object({
  what: z.enum(['cores', 'packets', 'mbit', 'loop']),
  /** Cores of media, packets and Mbit/s a second, share of the event loop. */
  used: z.number().nonnegative(),
  of: z.number().positive(),
  /** From there on it is given no more viewers. */
  given: z.number().positive(),
});
export type NodeUse = z.infer<typeof nodeUseSchema>;

export const nodeStateSchema = z.enum(['serves', 'drains', 'empty']);
export type NodeState = z.infer<typeof nodeStateSchema>;

const aboutNodeSchema = z.object({
  state: nodeStateSchema,
  version: z.string(),
  since: z.iso.datetime(),
  region: z.string(),
  viewers: z.int().nonnegative(),
  devices: z.int().nonnegative(),
  uses: z.array(nodeUseSchema),
  /** So many more viewers, at least; 0: none, or it drains. */
  room: z.int().nonnegative(),
  /** On their way to it. */
  expected: z.int().nonnegative(),
  /** PL26: media of the stage that other nodes send does not reach it. */
  lacksMedia: z.boolean(),
});

export const nodeSchema = z.object({
  boot: uuidSchema,
  name: z.string(),
  /** The one that answers. */
  here: z.boolean(),
  /** null: it is of a version that says nothing of itself. */
  about: aboutNodeSchema.nullable(),
  /** Where clients and other nodes reach its media; null: it has not answered, and what it alone knows is missing. */
  reached: z.object({ address: z.string(), pipes: z.string() }).nullable(),
});
export type ClusterNode = z.infer<typeof nodeSchema>;

/** What one node takes from another, a second. */
export const nodePipeSchema = z.object({
  from: uuidSchema,
  to: uuidSchema,
  tracks: z.int().positive(),
  /** Of these, such as come by way of a third node, since the straight path is broken. */
  relayed: z.int().nonnegative(),
  packets: z.number().nonnegative(),
  /** Share that did not come; null: nothing was on its way. */
  lost: z.number().min(0).max(1).nullable(),
});
export type NodePipe = z.infer<typeof nodePipeSchema>;

export const nodeEventSchema = z.object({
  at: z.iso.datetime(),
  kind: z.enum(['came', 'left', 'vanished', 'back', 'drains', 'emptied', 'serves', 'carries']),
  node: z.string(),
  /** Its version, when it came; who asked, when it drains or serves again. */
  detail: z.string().nullable(),
  /** Which it carries; under the first epoch it is the first to do so. */
  carried: z.object({ title: z.string(), epoch: z.int().positive() }).nullable(),
});
export type NodeEvent = z.infer<typeof nodeEventSchema>;

/** `GET /api/nodes` */
export const nodesPageSchema = z.object({
  /** This installation may have several. */
  cluster: z.boolean(),
  /** Which other nodes there are is known; it is not while Redis is away. */
  known: z.boolean(),
  nodes: z.array(nodeSchema),
  pipes: z.array(nodePipeSchema),
  carried: z.array(
    z.object({
      briefing: uuidSchema,
      title: z.string(),
      /** Nodes by their names; null: none. */
      carrier: z.string().nullable(),
      standby: z.string().nullable(),
      /** null: nobody has carried it yet. */
      epoch: z.int().positive().nullable(),
    }),
  ),
  /** Of media, by the unit below the root in whose territory they are; null: at the root, or of no unit. */
  viewers: z.array(
    z.object({
      unit: z.string().nullable(),
      name: z.string().nullable(),
      at: z.record(uuidSchema, z.int().positive()),
    }),
  ),
  /** The newest first. */
  events: z.array(nodeEventSchema),
});
export type NodesPage = z.infer<typeof nodesPageSchema>;

/** HT17: what somebody was refused, as long as their node remembers it. */
export const refusedTrySchema = z.object({
  way: z.enum(['http', 'channel']),
  /** A route or an act, by the name that the contract gives it. */
  act: z.string().max(200),
  reason: z.string().max(40),
  count: z.int().positive(),
  /** Names; null: of nobody who is known. */
  account: z.string().nullable(),
  unit: z.string().nullable(),
  /** The network, as the log has it. */
  address: z.string().max(100),
  first: z.iso.datetime(),
  last: z.iso.datetime(),
});
export type RefusedTry = z.infer<typeof refusedTrySchema>;

/** `GET /api/refusals` */
export const refusalsPageSchema = z.object({
  /** Newest first. */
  tries: z.array(refusedTrySchema.extend({ node: z.string() })),
  /** Nodes that did not answer. */
  silent: z.array(z.string()),
});
export type RefusalsPage = z.infer<typeof refusalsPageSchema>;

/** `POST /api/nodes/{boot}/drain` */
export const drainNodeSchema = z.strictObject({ draining: z.boolean() });
