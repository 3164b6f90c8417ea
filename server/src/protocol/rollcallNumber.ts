import { z } from 'zod';
import { figureCoverageSchema, indicatorCodeSchema } from './figure.ts';
import { LARGEST_VALUE } from './figureDefinition.ts';
import { LONGEST_FIGURE_UNIT, LONGEST_NAME } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** FG2: whole steps of 10^-scale. */
export const askedStepsSchema = z.number().int().min(-LARGEST_VALUE).max(LARGEST_VALUE);

/** FG30: with `round.open`: the number that each unit is asked for. */
export const askNumberSchema = z.strictObject({
  label: text(LONGEST_NAME),
  /** What is counted, as people say it: `giường`. */
  unit: text(LONGEST_FIGURE_UNIT),
  scale: z.number().int().min(0).max(6).default(0),
  /** FG31: what is beyond is refused. In steps. */
  min: askedStepsSchema.default(0),
  max: askedStepsSchema,
  /** FG60: the indicator whose period it becomes; null: one of its own. */
  indicator: indicatorCodeSchema.nullable().default(null),
});

/** As the round asks for it. */
export const askedNumberSchema = z.object({
  label: z.string(),
  unit: z.string(),
  scale: z.number().int(),
  min: askedStepsSchema,
  max: askedStepsSchema,
  /** FG31: beyond it a number is held; null: there are no such limits. */
  soft: z.tuple([askedStepsSchema, askedStepsSchema]).nullable(),
  indicator: indicatorCodeSchema.nullable(),
});
export type AskedNumber = z.infer<typeof askedNumberSchema>;

/** The number of one unit, as it counts. */
export const givenNumberSchema = z.object({
  value: askedStepsSchema,
  /** FG31: on record, and in no sum. */
  held: z.boolean(),
  /** Of the official who changed it, and why; undefined: the unit itself, or an official who wrote down its answer. */
  changed: z.object({ by: z.string(), why: z.string() }).optional(),
});
export type GivenNumber = z.infer<typeof givenNumberSchema>;

/** FG32: the sum of a unit above, with how much of it is in the sum. */
export const numberSumSchema = z.object({
  unit: unitCodeSchema,
  /** null: nobody has said one. */
  value: z.number().int().nullable(),
  coverage: figureCoverageSchema,
});
export type NumberSum = z.infer<typeof numberSumSchema>;

/** `round.numbers`: values of units of the territory in path order; with `since` those that changed after that `seq`. */
export const numbersQuerySchema = z.strictObject({ round: uuidSchema, since: z.number().int().min(0).optional() });
export const numbersSchema = z.object({
  round: uuidSchema,
  seq: z.number().int(),
  /** null: none. The letter is of `STATE_LETTERS`. */
  units: z.array(z.tuple([unitCodeSchema, askedStepsSchema.nullable(), z.string().length(1)])),
});

export type SaidNumbers = z.infer<typeof numbersSchema>;

/** What the record says of the unit for the period before: for a question back (FG31). null: nothing. */
export const expectedNumberSchema = z.object({ value: askedStepsSchema.nullable() });

/** Likewise as `round.tick`: at most four a second. */
export const numbersTickSchema = z.object({
  briefing: uuidSchema,
  round: uuidSchema,
  at: z.iso.datetime(),
  /** true: all rows of the territory; false: only those that changed. */
  full: z.boolean(),
  sums: z.array(numberSumSchema),
});
export type NumbersTick = z.infer<typeof numbersTickSchema>;
