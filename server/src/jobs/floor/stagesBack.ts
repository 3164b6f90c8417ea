import { z } from 'zod';
import { unitPathSchema } from '../../protocol/organisation.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { JobDefinition } from '../Jobs.ts';

/** TR12: wakes when the stages below a unit are to end. */
export const stagesBack = {
  name: 'stages-back',
  schema: z.strictObject({ briefing: uuidSchema, path: unitPathSchema }),
  attempts: 5,
  /** First wait between tries, in milliseconds; it doubles. */
  backoffMs: 500,
} as const satisfies JobDefinition;
