import { z } from 'zod';
import { sha256Schema, slidesNotices, slideTypes, stillSchema } from '../../protocol/slides.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

/** SL9: how far the slides of a briefing have come. */
export const slidesTopic = {
  name: 'slides',
  schema: z.object({ briefing: uuidSchema, seq: z.number().int() }),
} satisfies TopicDefinition;

/** SL10: where somebody points; lost with its hint. */
export const pointerTopic = {
  name: 'slides-pointer',
  schema: slidesNotices['slides.pointer'],
} satisfies TopicDefinition;

/** CL46: a still of a shared screen was taken at the node. */
export const stillTopic = { name: 'still', schema: stillSchema } satisfies TopicDefinition;

/** CL46: the newest still that the node has. */
export const lastStillRequest = {
  name: 'last-still',
  ask: z.object({ briefing: uuidSchema }),
  answer: stillSchema.nullable(),
} satisfies RequestDefinition;

export const stillImageRequest = {
  name: 'still-image',
  ask: z.object({ briefing: uuidSchema, sha256: sha256Schema }),
  answer: z.object({ type: z.enum(slideTypes), bytes: z.base64() }).nullable(),
} satisfies RequestDefinition;
