import { z } from 'zod';
import {
  figureMoment,
  figurePeriodSchema,
  figureStateSchema,
  indicatorCodeSchema,
  sourceCodeSchema,
} from './figure.ts';
import { figureActKindSchema } from './figureAct.ts';
import { indicatorSchema, LARGEST_VALUE } from './figureDefinition.ts';
import { LONGEST_FIGURE, LONGEST_REASON, MOST_ENTERED } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

const steps = z.number().int().min(-LARGEST_VALUE).max(LARGEST_VALUE);

/** `POST /api/figures/entries`: what a unit says of itself. All of it is recorded, or nothing. */
export const figureEntrySchema = z.strictObject({
  /** Of the page's making; repeated with it, it is recorded once. */
  key: uuidSchema,
  source: sourceCodeSchema,
  values: z
    .array(
      z.strictObject({
        indicator: indicatorCodeSchema,
        /** A moment in the period. */
        period: figurePeriodSchema,
        /** Decimal, with a point; null: there is none (FG12). */
        value: z.string().max(LONGEST_FIGURE).nullable(),
      }),
    )
    .min(1)
    .max(MOST_ENTERED)
    .refine((values) => new Set(values.map(cellOf)).size === values.length, 'says something twice'),
  /** FG18: why something is corrected that was due. */
  reason: text(LONGEST_REASON).optional(),
});

const cellOf = ({ indicator, period }: { indicator: string; period: string }) => `${indicator} ${Date.parse(period)}`;

export type FigureEntry = z.output<typeof figureEntrySchema>;

export const enteredValueSchema = z.object({
  indicator: indicatorCodeSchema,
  period: figureMoment,
  value: steps.nullable(),
  /** FG14: recorded, and does not count. */
  held: z.boolean(),
  /** FG7: false: the unit said the same last. */
  fresh: z.boolean(),
});

export type EnteredValue = z.infer<typeof enteredValueSchema>;

/** What was recorded of it, after the commit. */
export const figureEnteredSchema = z.object({
  key: uuidSchema,
  source: sourceCodeSchema,
  unit: unitCodeSchema,
  /** FG4; null: all of it was said before. */
  n: z.number().int().nullable(),
  at: figureMoment,
  values: z.array(enteredValueSchema),
  receipt: receiptSchema,
  /** false: it was on record already. */
  first: z.boolean(),
});

export type FigureEntered = z.infer<typeof figureEnteredSchema>;

/** `GET /api/figures/entries/{key}`: null: nothing is on record under it. */
export const settledEntrySchema = z.object({ entered: figureEnteredSchema.nullable() });

/** FG14: it waits to be looked at; or somebody has rejected it, and it does not count. */
const saidSchema = z.object({
  ...{ value: steps.nullable(), at: figureMoment, held: z.boolean(), rejected: z.boolean() },
  /** What was done to it last, by whom and why; left out by nodes of the version before. */
  act: z
    .object({ act: figureActKindSchema, by: z.string(), at: figureMoment, reason: z.string().nullable() })
    .nullable()
    .optional(),
});

/** One number that a unit types in, of one period. */
export const formTaskSchema = z.object({
  source: sourceCodeSchema,
  indicator: indicatorSchema.pick({
    ...{ code: true, name: true, unit: true, scale: true, kind: true, every: true, bounds: true, simulated: true },
  }),
  /** Its start and its end. */
  period: figureMoment,
  end: figureMoment,
  /** Until when it is wanted; null: at any time. */
  due: figureMoment.nullable(),
  state: z.enum(['due', 'overdue', 'done']),
  /** What the unit has said of it here. */
  own: saidSchema.nullable(),
  /** What counts in the nearest period before, whoever said so. */
  last: z.object({ value: steps, period: figureMoment }).nullable(),
});

export type FormTask = z.infer<typeof formTaskSchema>;

/** `GET /api/figures/form`: by source and indicator, older periods first. */
export const figureFormSchema = z.object({ now: figureMoment, tasks: z.array(formTaskSchema) });

/** What is said of a unit in the newest period of an indicator. */
export const saidOfUnitSchema = z.object({
  indicator: indicatorSchema.pick({ code: true, name: true, unit: true, scale: true, simulated: true, every: true }),
  period: figureMoment,
  end: figureMoment,
  state: figureStateSchema,
  /**
   * The one that counts first, then by rank: the newest word of each source, and the one before that stands while it is
   * held or was rejected (FG14).
   */
  words: z.array(
    saidSchema.extend({
      ...{ source: sourceCodeSchema, name: z.string(), n: z.number().int(), counts: z.boolean() },
      /** FG16: by which it is named when somebody contests it. */
      ...{ revision: z.number().int(), contested: z.boolean() },
      /** FG16: this unit contests it, and may withdraw that. */
      ownContest: z.boolean(),
    }),
  ),
});

export type SaidOfUnit = z.infer<typeof saidOfUnitSchema>;

/** `GET /api/figures/said`: FG21, FG23: of the caller's unit. */
export const saidListSchema = z.object({ said: z.array(saidOfUnitSchema) });
