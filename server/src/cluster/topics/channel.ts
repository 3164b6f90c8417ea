import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** CH6: devices that have connected, each with its briefing: their older connections end. */
export const arrivalTopic = {
  name: 'arrivals',
  schema: z.array(z.tuple([uuidSchema, z.string()]).readonly()).readonly(),
} satisfies TopicDefinition;
