import { z } from 'zod';
import type { TopicDefinition } from '../bus/nodeTopic.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

/** NJ6: a hash over the API keys of a node that keeps them, said again and again. */
export const apiKeysTopic = {
  name: 'api-keys',
  schema: z.object({ mark: z.string().max(100) }),
} satisfies TopicDefinition;

/** NJ6: those keys, closed in a `KeyBox` for the node that asks. */
export const apiKeysRequest = {
  name: 'api-keys',
  ask: z.null(),
  answer: z.object({ closed: z.string() }),
} satisfies RequestDefinition;
