import { z } from 'zod';
import {
  figureComingSchema,
  figureCoverageSchema,
  figureMoment,
  figureShare,
  figureStateSchema,
  figureUnweighed,
  indicatorCodeSchema,
  sourceCodeSchema,
} from './figure.ts';
import { indicatorSchema, LARGEST_VALUE, sourceKindSchema } from './figureDefinition.ts';
import { doubtTold } from './figureDoubt.ts';
import { MOST_BEHIND, MOST_HELD, MOST_SKIPPED } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';

const steps = z.number().int().min(-LARGEST_VALUE).max(LARGEST_VALUE);
const count = z.number().int();

/** How far an indicator has come in a territory, in the period that is shown (FG140). */
export const deskFigureSchema = z.object({
  indicator: indicatorCodeSchema,
  period: figureMoment,
  value: count.nullable(),
  coverage: figureCoverageSchema,
  share: figureShare,
  unweighed: figureUnweighed,
  oldest: figureMoment.nullable(),
  state: figureStateSchema,
  /** FG141 */
  coming: figureComingSchema.optional(),
  /** Until when the next one is wanted; null: at any time. */
  due: figureMoment.nullable(),
  /** FG13: units that are late because of silent sources: they are told as these. */
  silent: count,
  /** FG127: units without a value that are late with it; left out by nodes of the version before. */
  owed: count.optional(),
});
export type DeskFigure = z.infer<typeof deskFigureSchema>;

/** A unit that is late, and of what. */
export const behindUnitSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  indicators: z.array(indicatorCodeSchema),
  /** End of the oldest period that it has said last; null: it has said nothing of one. */
  since: figureMoment.nullable(),
});
export type BehindUnit = z.infer<typeof behindUnitSchema>;

/** FG13 */
export const silentSourceSchema = z.object({
  source: sourceCodeSchema,
  name: z.string(),
  kind: sourceKindSchema,
  /** Of the territory that it speaks for. */
  root: z.string(),
  indicators: z.array(indicatorCodeSchema),
  /** When what is missing was due. */
  since: figureMoment,
  /** Its last word: of what, of which period, and when it came. */
  last: z.object({ indicator: indicatorCodeSchema, period: figureMoment, at: figureMoment }),
});
export type SilentSourceTold = z.infer<typeof silentSourceSchema>;

/** FG14: one value that waits. */
export const heldValueSchema = z.object({
  indicator: indicatorCodeSchema,
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  period: figureMoment,
  source: sourceCodeSchema,
  sourceName: z.string(),
  revision: count.min(1),
  value: steps.nullable(),
  ...doubtTold,
  /** What it was compared with. */
  beside: steps.nullable(),
  at: figureMoment,
});
export type HeldValueTold = z.infer<typeof heldValueSchema>;

/** FG15: what waits of a batch that is held whole. */
export const heldBatchSchema = z.object({
  batch: count,
  at: figureMoment,
  source: sourceCodeSchema,
  sourceName: z.string(),
  ...doubtTold,
  indicators: z.array(indicatorCodeSchema),
  /** In the territory. */
  values: count,
});
export type HeldBatchTold = z.infer<typeof heldBatchSchema>;

/** FG16: one value that counted when somebody contested it, and that nobody has answered. */
export const contestedValueSchema = heldValueSchema
  .pick({ indicator: true, unit: true, path: true, name: true, period: true, source: true, sourceName: true })
  .extend({
    revision: count.min(1),
    value: steps.nullable(),
    contest: z.object({ at: figureMoment, by: z.string(), unit: z.string(), reason: z.string().nullable() }),
    /** FG17: what whoever asks may do about it. */
    acts: z.array(z.enum(['answer', 'withdraw', 'reject'])),
  });
export type ContestedValueTold = z.infer<typeof contestedValueSchema>;

/** `GET /api/figures/desk`: of which territory, and after how many others its lists begin. */
export const deskQuerySchema = z.strictObject({
  root: unitCodeSchema,
  heldFrom: z.coerce.number().int().min(0).max(MOST_SKIPPED).default(0),
  contestedFrom: z.coerce.number().int().min(0).max(MOST_SKIPPED).default(0),
});
export type DeskQuery = z.output<typeof deskQuerySchema>;

/** What whoever answers for a territory has to look at. */
export const figureDeskSchema = z.object({
  now: figureMoment,
  root: unitCodeSchema,
  indicators: z.array(
    indicatorSchema.pick({
      code: true,
      name: true,
      unit: true,
      scale: true,
      kind: true,
      every: true,
      up: true,
      simulated: true,
    }),
  ),
  figures: z.array(deskFigureSchema),
  /** How many units are late, of which the list has the first: those that are late with most. */
  behind: z.object({ units: count, list: z.array(behindUnitSchema).max(MOST_BEHIND) }),
  silent: z.array(silentSourceSchema),
  /**
   * How many values wait one by one, the newest first, of which the list has some, after `from` others; and the newest
   * batches that are held whole.
   */
  held: z.object({
    values: count,
    /** Left out by nodes of the version before, as 0. */
    from: count.optional(),
    list: z.array(heldValueSchema).max(MOST_HELD),
    batches: z.array(heldBatchSchema).max(MOST_HELD),
    /** How many there are of them, and of values in all of them; left out by nodes of the version before. */
    inBatches: z.object({ batches: count, values: count }).optional(),
  }),
  /** Some, the newest contest first; left out by nodes of the version before. */
  contested: z.array(contestedValueSchema).max(MOST_HELD).optional(),
  /** How many there are, after how many the list begins, and how many whoever asks may answer; left out likewise. */
  contests: z.object({ values: count, from: count, toAnswer: count }).optional(),
});
export type FigureDeskTold = z.infer<typeof figureDeskSchema>;
