import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { JobDefinition } from '../Jobs.ts';

/** From the end of a briefing until the job: by then every node that runs has written until the end. */
export const SHEET_AFTER_MS = 5_000;

/** Wakes shortly after the end of a briefing, whose id is that of the job. */
export const attendanceSheet = {
  name: 'attendance-sheet',
  schema: z.strictObject({ briefing: uuidSchema }),
  attempts: 6,
  /** First wait between tries, in milliseconds; it doubles. */
  backoffMs: 2_000,
} as const satisfies JobDefinition;
