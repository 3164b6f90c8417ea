import { z } from 'zod';
import { figureCardSchema, figureMoment, indicatorCodeSchema } from './figure.ts';
import { MOST_REVISED, MOST_STOPS } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';

/** FG80: an act on record at which somebody may stop who goes back in time. */
export const figureStopSchema = z.object({
  at: figureMoment,
  kind: z.enum(['batch', 'directive', 'call', 'opened', 'closed']),
  /** Of a batch its source, of a call the unit, of a directive and a briefing their title. */
  name: z.string(),
  /** Of a directive. */
  number: z.number().int().optional(),
});

export type FigureStop = z.infer<typeof figureStopSchema>;

/** `GET /api/figures/past/stops`: in the order of time. */
export const figureStopsSchema = z.object({
  stops: z.array(figureStopSchema).max(MOST_STOPS),
  /** There are earlier ones. */
  more: z.boolean(),
});

export type FigureStops = z.infer<typeof figureStopsSchema>;

/** `GET /api/figures/past/indicators/{indicator}`: how an indicator stood, as was known at a moment. */
export const figurePastSchema = z.object({
  /** FG4: the last N at that moment, and when it was recorded; 0 and null: nothing was known. */
  n: z.number().int(),
  at: figureMoment.nullable(),
  /** Of the newest period that was known then, without those before it; null: it had no value. */
  card: figureCardSchema.nullable(),
});

export type FigurePast = z.infer<typeof figurePastSchema>;

const steps = z.number().int().nullable();

/** A value that is another now. */
export const figureRevisedSchema = z.object({
  unit: unitCodeSchema,
  before: steps,
  now: steps,
  /** The last that was said of it since: when, by which source, why; null: another order of sources, or an act on it. */
  at: figureMoment.nullable(),
  source: z.string().nullable(),
  reason: z.string().nullable(),
});

export type FigureRevised = z.infer<typeof figureRevisedSchema>;

/** `GET /api/figures/past/indicators/{indicator}/revised`: what counts now and did not at an N, the largest changes first. */
export const figureRevisedListSchema = z.object({
  indicator: indicatorCodeSchema,
  period: figureMoment,
  n: z.number().int(),
  /** As known at this N. */
  now: z.number().int(),
  /** The territory as a whole. */
  whole: z.object({ before: steps, now: steps }),
  /** How many units, of which the list has the first. */
  units: z.number().int(),
  revised: z.array(figureRevisedSchema).max(MOST_REVISED),
});

export type FigureRevisedList = z.infer<typeof figureRevisedListSchema>;
