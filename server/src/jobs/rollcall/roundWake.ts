import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { JobDefinition } from '../Jobs.ts';

/**
 * Wakes at the deadline of a round, at the end of its late time, and each time that those who are missing are asked
 * again.
 */
export const roundWake = {
  name: 'round-wake',
  schema: z.strictObject({ round: uuidSchema }),
  attempts: 5,
  /** First wait between tries, in milliseconds; it doubles. */
  backoffMs: 500,
} as const satisfies JobDefinition;
