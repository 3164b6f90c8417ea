import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { JobDefinition } from '../Jobs.ts';

/** Wakes a node when a report waits; the id of the job is the report's. */
export const report = {
  name: 'report',
  schema: z.strictObject({ report: uuidSchema }),
  attempts: 1,
  backoffMs: 1_000,
} as const satisfies JobDefinition;
