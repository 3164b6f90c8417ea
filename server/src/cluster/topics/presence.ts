import { z } from 'zod';
import { seatSchema } from '../../protocol/floor.ts';
import { lineQualitySchema } from '../../protocol/presence.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

const ms = z.number().nonnegative();
/** A LiveKit client alone may name a unit that is none. */
const name = z.string().max(500);

const unitSchema = z.object({
  unit: name,
  path: name,
  first: ms,
  last: ms,
  joined: z.boolean(),
  devices: z
    .array(
      z.object({
        identity: z.string(),
        seat: seatSchema.optional(),
        channels: z.int().nonnegative(),
        channelAt: ms,
        media: z.enum([...lineQualitySchema.options, 'off']),
        mediaAt: ms,
      }),
    )
    .readonly(),
});

/** CL40: who is at the node, as far as that has changed. */
export const presenceTopic = {
  name: 'presence',
  schema: z
    .array(
      z.object({
        briefing: uuidSchema,
        born: ms,
        from: z.int().nonnegative(),
        to: z.int().nonnegative(),
        units: z.array(unitSchema).readonly(),
      }),
    )
    .readonly(),
} satisfies TopicDefinition;

/** CL40: what somebody has missed of a node; of all when there is no boot. */
export const presenceGapTopic = {
  name: 'presence-gap',
  schema: z.object({ briefing: uuidSchema, boot: uuidSchema.nullable(), from: z.int().nonnegative() }),
} satisfies TopicDefinition;
