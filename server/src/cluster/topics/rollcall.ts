import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

/** DL2: how far a round has come. */
export const roundTopic = {
  name: 'round',
  schema: z.object({
    round: uuidSchema,
    briefing: uuidSchema,
    version: z.number().int(),
    seq: z.number().int(),
    due: z.boolean().optional(),
  }),
} satisfies TopicDefinition;

/** RC8: whether the node has an answer to the round that came in before that moment, ms, and is not recorded yet. */
export const heldEntriesRequest = {
  name: 'held-entries',
  ask: z.object({ round: uuidSchema, before: z.number() }),
  answer: z.boolean(),
} satisfies RequestDefinition;

/** RC8: answered when what the node does of entries to the round is over. */
export const entriesDoneRequest = {
  name: 'entries-done',
  ask: z.object({ round: uuidSchema }),
  answer: z.literal(true),
} satisfies RequestDefinition;
