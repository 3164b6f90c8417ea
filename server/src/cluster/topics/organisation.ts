import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** AC4: somebody acted on an account just now. What it was is asked of PostgreSQL. */
export const accountNewsTopic = {
  name: 'account-news',
  schema: z.object({ account: uuidSchema }),
} satisfies TopicDefinition;

/** SE2: so many sessions ended just now. Which ones is asked of PostgreSQL: a message puts nobody out. */
export const endedSessionsTopic = {
  name: 'ended-sessions',
  schema: z.object({ sessions: z.number().int().positive() }),
} satisfies TopicDefinition;
