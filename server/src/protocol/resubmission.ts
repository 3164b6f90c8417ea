import { z } from 'zod';
import { MOST_RESUBMITTED, MOST_ROWS, USUAL_ROWS } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import { uuidSchema } from './uuid.ts';

/**
 * What became of a receipt that was sent again. stands: its row is on record, it was never lost. taken: it is on record
 * again. overtaken: the unit has said something else meanwhile, which counts. gone: its round or directive was lost too.
 * claimed: nothing proves that this installation gave the receipt; it is shown to officials, and counts nowhere.
 */
export const resubmissionOutcomeSchema = z.enum(['stands', 'taken', 'overtaken', 'gone', 'claimed']);
export type ResubmissionOutcome = z.infer<typeof resubmissionOutcomeSchema>;

/** RS2: whose receipts are taken in again. Questions are not among them: what officials decided on them is lost as well. */
export const resubmittedTableSchema = z.enum(['round_entries', 'directive_acts']);
export type ResubmittedTable = z.infer<typeof resubmittedTableSchema>;

/** `POST /api/resubmissions`: receipts of the caller's own unit, after a restore. */
export const resubmitSchema = z.strictObject({ receipts: z.array(receiptSchema).min(1).max(MOST_RESUBMITTED) });
/** In the order of the receipts. */
export const resubmittedSchema = z.object({ outcomes: z.array(resubmissionOutcomeSchema) });

/** The last time that a backup was put back. */
export const restoreSchema = z.object({ id: uuidSchema, at: z.iso.datetime(), backupAt: z.iso.datetime() });
export type Restore = z.infer<typeof restoreSchema>;

/** `GET /api/resubmissions`: what came in again from units of the caller's territory, newest first. */
export const resubmissionQuerySchema = z.object({
  before: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const resubmissionSchema = z.object({
  outcome: resubmissionOutcomeSchema.exclude(['stands']),
  unit: unitCodeSchema,
  unitName: z.string(),
  path: unitPathSchema,
  /** answer: to a round. act: on a directive. */
  kind: z.enum(['answer', 'act']),
  about: uuidSchema,
  /** The question or the title, while there is one. */
  title: z.string().nullable(),
  /** When it came in the first time (with `claimed`: as the device says), and when it came again. */
  originalAt: z.iso.datetime(),
  at: z.iso.datetime(),
  /** Whose it was, and who sent it again. */
  by: z.string(),
  sentBy: z.string(),
  /** Who answered, or which act it was; a name and words, if there were any. */
  said: z.string(),
  name: z.string().nullable(),
  words: z.string().nullable(),
});
export type Resubmission = z.infer<typeof resubmissionSchema>;
export const resubmissionsSchema = z.object({
  restore: restoreSchema.nullable(),
  resubmissions: z.array(resubmissionSchema),
  next: z.iso.datetime().nullable(),
});
export type ResubmissionPage = z.infer<typeof resubmissionsSchema>;
