import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** DL2: how far a round has come. */
export const roundTopic = {
  name: 'round',
  schema: z.object({ round: uuidSchema, briefing: uuidSchema, version: z.number().int(), seq: z.number().int() }),
} satisfies TopicDefinition;
