import { z } from 'zod';
import { callSchema, floorSchema, handSchema, speakerSchema } from '../../protocol/floor.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

const identities = z.array(z.string()).readonly();

/** FL15: the floor after an act, whole, with the calls that the act began, answered or ended. */
export const floorTopic = {
  name: 'floor',
  schema: z.object({
    floor: floorSchema.extend({
      speakers: z.array(speakerSchema).readonly(),
      hands: z.array(handSchema).readonly(),
      calls: z.array(callSchema).readonly(),
      muted: identities,
      removed: identities,
    }),
    calls: z.array(callSchema).readonly(),
  }),
} satisfies TopicDefinition;

/** SC2: whether a call would ring at a device of the unit that is at the node which is asked. */
export const ringableRequest = {
  name: 'ringable',
  ask: z.object({ briefing: uuidSchema, unit: z.string() }),
  answer: z.boolean(),
} satisfies RequestDefinition;
