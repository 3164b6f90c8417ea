import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** CH6: devices that have connected, each with its briefing and a number that orders its connections: older ones end. */
export const arrivalTopic = {
  name: 'devices.arrived',
  schema: z.array(z.tuple([uuidSchema, z.string(), z.number()]).readonly()).readonly(),
} satisfies TopicDefinition;
