import { z } from 'zod';
import { reasonSchema } from './errors.ts';
import { ANSWERS_SHOWN } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import { answererSchema, answerSchema, enteredSchema, entrySchema, roundSchema } from './rollcall.ts';
import { askedStepsSchema } from './rollcallNumber.ts';
import { uuidSchema } from './uuid.ts';

/** Everything that was recorded for a unit in a round, and what was refused (RC21, RC22). */
const recordedSchema = z.object({
  kind: z.enum(['answer', 'correction', 'absence', 'official', 'excused', 'confirm', 'number']),
  at: z.iso.datetime(),
  late: z.boolean(),
  by: z.string(),
  answerer: answererSchema.nullable(),
  name: z.string().nullable(),
  note: z.string().nullable(),
  /** FG30: the number that came with it, and its own receipt, for whom the other one is. */
  number: z.object({ value: askedStepsSchema, held: z.boolean(), receipt: receiptSchema.nullable() }).optional(),
  /** When it was sent again, after a restore had lost it (RS3). */
  resubmittedAt: z.iso.datetime().optional(),
  /** null: it would show where an official's act came from, which is not the reader's to know. */
  receipt: receiptSchema.nullable(),
});
const refusalSchema = z.object({
  round: uuidSchema,
  reason: reasonSchema,
  /** The first and the last time that it came, and how often. */
  at: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  times: z.number().int(),
  corrects: z.boolean(),
  by: z.string(),
  /** null: it said that the unit is absent. */
  answerer: answererSchema.nullable(),
  name: z.string().nullable(),
  /** Which device it was, and its address. */
  device: z.string(),
  address: z.string(),
});
/** `GET /api/rounds/{id}/acts`: what officials did with the round itself, oldest first (RC23). */
export const roundActsSchema = z.object({
  acts: z.array(
    z.object({
      act: z.enum(['open', 'extend', 'close']),
      at: z.iso.datetime(),
      /** null: nobody, since its time was over. */
      by: z.string().nullable(),
      receipt: receiptSchema,
    }),
  ),
});
export type RoundActs = z.infer<typeof roundActsSchema>;

/** `GET /api/rounds/{id}/history?unit=`: of one unit, oldest first; without `unit`, of the caller's. */
export const roundHistoryQuerySchema = z.object({ unit: unitCodeSchema.optional() });
export const roundHistorySchema = z.object({
  entry: entrySchema,
  records: z.array(recordedSchema),
  refused: z.array(refusalSchema),
});
export type RoundHistory = z.infer<typeof roundHistorySchema>;

/** `GET /api/answers`: the rounds that asked the caller's unit, newest first. @param before the `next` of the last page */
export const answersQuerySchema = z.object({
  before: uuidSchema.optional(),
  limit: z.coerce.number().int().min(1).max(ANSWERS_SHOWN).default(ANSWERS_SHOWN),
});
export const ownAnswersSchema = z.object({
  answers: z.array(
    z.object({
      /** Title of its briefing. */
      briefing: z.string(),
      round: roundSchema,
      entry: entrySchema,
      records: z.array(recordedSchema),
    }),
  ),
  /** On the first page: the newest of the unit, of any round. */
  refused: z.array(refusalSchema),
  next: uuidSchema.nullable(),
});
export type OwnAnswers = z.infer<typeof ownAnswersSchema>;

/**
 * `POST /api/rounds/{id}/answers`: what became of an answer that was not acknowledged, said once more. null: not on
 * record, and its round runs: it belongs to the order channel of its briefing. `GET …/answers/{key}` only looks.
 */
export const settleSchema = answerSchema.omit({ round: true });
export const settledSchema = z.object({ entered: enteredSchema.nullable() });
