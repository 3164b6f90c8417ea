import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** FG25: how far the figures on the stage of a briefing have come. */
export const figureStageTopic = {
  name: 'figure-stage',
  schema: z.object({ briefing: uuidSchema, version: z.number().int() }),
} satisfies TopicDefinition;
