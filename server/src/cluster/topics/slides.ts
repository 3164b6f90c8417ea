import { z } from 'zod';
import { slidesNotices } from '../../protocol/slides.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

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
