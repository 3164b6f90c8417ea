import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** QU13: how far the questions of a briefing have come. */
export const questionTopic = {
  name: 'question',
  schema: z.object({ briefing: uuidSchema, seq: z.number().int() }),
} satisfies TopicDefinition;
