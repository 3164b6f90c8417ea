import { z } from 'zod';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** PL5: what a node has learned of its viewers' lines, so that another one need not learn it again. */
export const linesTopic = {
  name: 'lines',
  schema: z.array(
    z.object({
      room: z.string().max(2_000),
      identity: z.string().max(2_000),
      /** null: it carries everything. */
      line: z.object({ at: z.int().min(0).max(20), climbAfterMs: z.int().positive().max(3_600_000) }).nullable(),
    }),
  ),
} satisfies TopicDefinition;

export type LinesMessage = z.output<typeof linesTopic.schema>;
