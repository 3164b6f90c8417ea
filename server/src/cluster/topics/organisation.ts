import { z } from 'zod';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** SE2: so many sessions ended just now. Which ones is asked of PostgreSQL: a message puts nobody out. */
export const endedSessionsTopic = {
  name: 'ended-sessions',
  schema: z.object({ sessions: z.number().int().positive() }),
} satisfies TopicDefinition;
