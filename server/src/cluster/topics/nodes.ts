import { z } from 'zod';
import { refusedTrySchema } from '../../protocol/nodes.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

/** PL8: who has come to a node, so that their places are reserved no longer; told once a second at most. */
export const arrivedTopic = {
  name: 'node.arrived',
  schema: z.array(z.string().max(400)),
} satisfies TopicDefinition;

/** PL3: the node that is asked is to be emptied, or to take viewers again. It answers at once. */
export const drainRequest = {
  name: 'node.drain',
  ask: z.object({ draining: z.boolean(), by: z.string().max(200) }),
  answer: z.object({ draining: z.boolean() }),
} satisfies RequestDefinition;

/** HT17: what a node has refused lately. */
export const refusalsRequest = {
  name: 'node.refusals',
  ask: z.null(),
  answer: z.array(refusedTrySchema).max(1_000).readonly(),
} satisfies RequestDefinition;

const count = z.int().nonnegative();

/** PL12: what a node is asked for when an operator looks. */
export const reportRequest = {
  name: 'node.report',
  ask: z.null(),
  answer: z.object({
    address: z.string().max(2_000),
    pipeAddress: z.string().max(200),
    pipes: z
      .array(
        z.object({
          from: z.string().max(200),
          tracks: z.int().positive(),
          relayed: count,
          packets: z.number().nonnegative(),
          lost: z.number().min(0).max(1).nullable(),
        }),
      )
      .readonly(),
    viewers: z.array(z.tuple([z.string().max(500), count])).readonly(),
  }),
} satisfies RequestDefinition;
