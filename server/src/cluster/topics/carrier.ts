import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

const nodeSchema = z.object({ node: z.string().min(1).max(200), boot: uuidSchema }).nullable();

/** CL30: who carries a briefing, after a change. */
export const carrierTopic = {
  name: 'carrier',
  schema: z.object({
    briefing: uuidSchema,
    seq: z.int().positive(),
    epoch: z.int().positive(),
    carrier: nodeSchema,
    standby: nodeSchema,
  }),
} satisfies TopicDefinition;
