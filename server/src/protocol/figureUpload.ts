import { z } from 'zod';
import { figureMoment, indicatorCodeSchema } from './figure.ts';
import { batchAnswerSchema, rowErrorSchema } from './figureBatch.ts';
import { numberStyles } from './figureValue.ts';
import { LONGEST_REASON, MOST_BATCH_ERRORS, MOST_MOVES } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** What people hand in: CSV, or a workbook of which the first sheet counts. */
export const uploadTypes = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const;

/** FG73: how numbers are written that stand as text; a number of a workbook is one. */
export const uploadPlanQuerySchema = z.strictObject({ style: z.enum(numberStyles) });

export const figureUploadQuerySchema = uploadPlanQuerySchema.extend({
  key: uuidSchema,
  reason: text(LONGEST_REASON).optional(),
});

/** What a file would change of a value that its source has said before. */
export const plannedMoveSchema = z.object({
  indicator: indicatorCodeSchema,
  unit: unitCodeSchema,
  name: z.string(),
  period: figureMoment,
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  held: z.boolean(),
  /** FG18: it was due, so recording it says why. */
  late: z.boolean(),
});

export type PlannedMove = z.infer<typeof plannedMoveSchema>;

/** `POST /api/figures/uploads/{source}/plans`: FG74: what would become of the file. Nothing is recorded. */
export const uploadPlanSchema = z.object({
  /** Values that the source says for the first time, and those that it says otherwise than before. */
  fresh: z.number().int(),
  changed: z.number().int(),
  /** FG18: of the changed ones, those that were due: without a reason they are refused. */
  late: z.number().int(),
  ...batchAnswerSchema.pick({ unchanged: true, held: true, doubts: true, refused: true }).shape,
  /** The largest jumps first. */
  moves: z.array(plannedMoveSchema).max(MOST_MOVES),
  errors: z.array(rowErrorSchema).max(MOST_BATCH_ERRORS),
});

export type UploadPlan = z.infer<typeof uploadPlanSchema>;
