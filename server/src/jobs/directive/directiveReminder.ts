import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { JobDefinition } from '../Jobs.ts';

/** Wakes at a moment at which those who are behind with a directive are reminded. The id of the job is of both. */
export const directiveReminder = {
  name: 'directive-reminder',
  schema: z.strictObject({ directive: uuidSchema }),
  attempts: 5,
  /** First wait between tries, in milliseconds; it doubles. */
  backoffMs: 1_000,
} as const satisfies JobDefinition;
