import { z } from 'zod';
import { directiveStateSchema, reminderSchema } from '../../protocol/directive.ts';
import { unitCodeSchema } from '../../protocol/organisation.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** DR30: a directive was issued or has ended. */
export const directiveTopic = {
  name: 'directive',
  schema: z.object({ id: uuidSchema, state: directiveStateSchema }),
} satisfies TopicDefinition;

/** DR31: where these addressees stand with it has changed. */
export const followTopic = {
  name: 'follows',
  schema: z.object({ directive: uuidSchema, units: z.array(unitCodeSchema).readonly() }),
} satisfies TopicDefinition;

/** DR29: those who are behind with it were reminded. */
export const reminderTopic = { name: 'reminder', schema: reminderSchema } satisfies TopicDefinition;
