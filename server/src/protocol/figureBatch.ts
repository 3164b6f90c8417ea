import { z } from 'zod';
import { observationStatusSchema } from './figure.ts';
import { inBoth } from './figureDefinition.ts';
import { heldForSchema } from './figureDoubt.ts';
import { LONGEST_FIGURE, LONGEST_REASON, MOST_BATCH_ERRORS } from './limits.ts';
import { isKept, text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** FG43: what is refused is told, and kept with the answer. */
const cell = z.string().max(LONGEST_FIGURE).refine(isKept);

/** A line of NDJSON. (FG202) */
export const figureLineSchema = z.strictObject({
  indicator: cell,
  unit: cell,
  period: cell,
  value: z.union([cell, z.number(), z.null()]),
  status: z.union([observationStatusSchema, z.literal('')]).optional(),
  seen: cell.optional(),
});

/** DHIS2's `dataValueSets`: what of it is read; whatever else it has is passed over. (FG202) */
export const dataValueSetSchema = z.looseObject({
  period: cell.optional(),
  orgUnit: cell.optional(),
  dataValues: z.array(
    z.looseObject({
      dataElement: cell,
      /** Left out: that of the set. */
      orgUnit: cell.optional(),
      period: cell.optional(),
      /** Left out where `deleted` is true. */
      value: z.union([cell, z.number(), z.null()]).optional(),
      categoryOptionCombo: z.string().optional(),
      attributeOptionCombo: z.string().optional(),
      deleted: z.boolean().optional(),
    }),
  ),
});

/** What every format of a batch becomes. Whether it is true of this installation is for the domain to say. */
export const figureRowSchema = z.object({
  /** Its place in the file, from 1. */
  row: z.number().int().min(1),
  indicator: cell,
  unit: cell,
  /** A date, or a date with time and offset: a moment in the period. */
  period: cell,
  /** Decimal, with a point; null: the source says that there is none. */
  value: cell.nullable(),
  /** SDMX: normal, provisional, estimated, break, missing. */
  status: observationStatusSchema.optional(),
  /** When it was read, if not at the end of the period. */
  seen: cell.optional(),
  /** FG74: of a wide file the name of the column in which the value stands. */
  header: cell.optional(),
});

export type FigureRow = z.infer<typeof figureRowSchema>;

const rowReasons = [
  'unknown-unit',
  'closed-unit',
  /** FG167: on that day the code may have been that of another institution. */
  'other-unit',
  /** FG150: it is a name, and several units of the territory have it. */
  'several-units',
  'unknown-indicator',
  'outside-territory',
  /** FG90: the unit is none of those that report the indicator. */
  'not-reporting',
  /** FG22: the indicator is none of the source's. */
  'not-yours',
  'bad-value',
  'bad-period',
  'future',
  /** FG36: the rows of its month have left; an operator may reopen it. */
  'archived',
  'contradiction',
  /** FG18: it corrects what was due. */
  'no-reason',
] as const;

export const rowErrorSchema = z.object({
  row: z.number().int(),
  column: z.enum(['indicator', 'unit', 'period', 'value', 'status']).optional(),
  /** FG74: what that column is called in a wide file, which has none for the indicator or the value. */
  header: z.string().optional(),
  value: z.string().optional(),
  reason: z.enum(rowReasons),
  say: inBoth(LONGEST_REASON),
});

export type RowError = z.infer<typeof rowErrorSchema>;

/** `POST /api/figures/batches` */
export const batchAskSchema = z.strictObject({
  key: uuidSchema,
  /** FG5: partial: what is good of it; whole: all or nothing. */
  mode: z.enum(['partial', 'whole']).default('partial'),
  dryRun: z.stringbool().default(false),
  /** Why something is corrected. */
  reason: text(LONGEST_REASON).optional(),
});

export type BatchAsk = z.output<typeof batchAskSchema>;

export const batchAnswerSchema = z.object({
  /** FG4: its place among batches and acts; null: nothing was recorded. */
  n: z.number().int().nullable(),
  /** Hash of the seal under which it stands. */
  seal: z.string().nullable(),
  /** FG83: when it was taken, by the clock of the record; left out: it was only tried, or was answered before this was told. */
  at: z.iso.datetime().optional(),
  accepted: z.number().int(),
  /** FG7: what this source said of the cell last: no row. */
  unchanged: z.number().int(),
  /** FG14: recorded, and of the accepted ones; they do not count. */
  held: z.number().int(),
  /** FG14, FG15: why, by reason; left out: nothing is held. */
  doubts: z.array(heldForSchema).optional(),
  refused: z.number().int(),
  errors: z.array(rowErrorSchema).max(MOST_BATCH_ERRORS),
  dryRun: z.boolean(),
  /** FG33: its source sends simulated figures; left out: real ones. */
  simulated: z.literal(true).optional(),
});

export type BatchAnswer = z.infer<typeof batchAnswerSchema>;
