import { z } from 'zod';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

const spent = z.tuple([z.string().max(40), z.string().max(2_000), z.number().positive().max(1_000_000)]);

/**
 * CL43: what was spent at the node of limits that count for all: which, by whom, how much. One that is not readable is
 * left out, since the others of its message are of other people.
 */
export const spentTopic = {
  name: 'spent',
  schema: z.array(z.unknown()).transform((all) =>
    all.flatMap((one) => {
      const { success, data } = spent.safeParse(one);
      return success ? [data] : [];
    }),
  ),
} satisfies TopicDefinition;
