import { z } from 'zod';
import type { TopicDefinition } from '../bus/Topic.ts';

/** DL2: how far a round has come. */
export const roundTopic = {
  name: 'round',
  schema: z.object({ round: z.uuid(), briefing: z.uuid(), version: z.number().int(), seq: z.number().int() }),
} satisfies TopicDefinition;
