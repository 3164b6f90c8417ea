import { z } from 'zod';
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
