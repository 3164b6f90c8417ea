import { z } from 'zod';
import { programmeSchema } from '../../protocol/programme.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** PN7: the programme after a choice, whole. */
export const programmeTopic = { name: 'programme', schema: programmeSchema } satisfies TopicDefinition;

/** CL44: who speaks at the node, and for how many ms they have done so or not; all of them. */
export const voicesTopic = {
  name: 'voices',
  schema: z.object({
    briefing: uuidSchema,
    voices: z.array(z.tuple([z.string(), z.boolean(), z.number().nonnegative()]).readonly()).readonly(),
  }),
} satisfies TopicDefinition;
