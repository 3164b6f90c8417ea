import { z } from 'zod';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** CL43: what was spent at the node of limits that count for all: which, by whom, how much. */
export const spentTopic = {
  name: 'spent',
  schema: z.array(z.tuple([z.string().max(40), z.string().max(2_000), z.number().positive().max(1_000_000)])),
} satisfies TopicDefinition;
