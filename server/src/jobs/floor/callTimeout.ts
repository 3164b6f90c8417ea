import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { JobDefinition } from '../Jobs.ts';

/** Wakes at the deadline of a spot call. The id of the job is the call's, so that a call has one. */
export const callTimeout = {
  name: 'call-timeout',
  schema: z.strictObject({ briefing: uuidSchema, call: uuidSchema }),
  attempts: 5,
  /** First wait between tries, in milliseconds; it doubles. */
  backoffMs: 500,
} as const satisfies JobDefinition;
