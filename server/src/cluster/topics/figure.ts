import { z } from 'zod';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** FG4: how far figures have come. */
export const figureTopic = {
  name: 'figure',
  schema: z.object({ n: z.number().int() }),
} satisfies TopicDefinition;
