import { z } from 'zod';
import {
  figureClosed,
  figureCoverageSchema,
  figureMoment,
  figureShare,
  figureUnweighed,
  indicatorCodeSchema,
} from './figure.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';

const upperSchema = z.object({
  unit: unitCodeSchema,
  value: z.number().int().nullable(),
  coverage: figureCoverageSchema,
  closed: figureClosed,
  share: figureShare,
  unweighed: figureUnweighed,
  /** FG128: end of the period before this one of which what was announced is; left out: of this one, or it is a sum. */
  before: figureMoment.optional(),
});

/** FG97: the same units in a period before. */
export const againstSchema = z.object({
  period: figureMoment,
  /** In the order of `units`; null: of one of the two periods it has said nothing. */
  values: z.array(z.number().int().nullable()),
  /** As `upper`: what the units that have said both come to, now and then, and how many these are; null: too few. Announced: of none. */
  upper: z.array(
    z.object({
      unit: unitCodeSchema,
      now: z.number().int().nullable(),
      before: z.number().int().nullable(),
      both: z.number().int(),
    }),
  ),
});

/**
 * `GET /api/figures/frames/{indicator}/{period}/{n}?root=&against=`: all values of one indicator and period in a territory, as
 * known at N, by the tree of today.
 */
export const figureFrameSchema = z.object({
  indicator: indicatorCodeSchema,
  period: figureMoment,
  n: z.number().int(),
  root: unitCodeSchema,
  /** FG9: those that report, in path order; values and states likewise. */
  units: z.array(unitPathSchema),
  values: z.array(z.number().int().nullable()),
  /** `STATE_LETTERS`. */
  states: z.string(),
  /** FG61: positions of those whose values are, in part, of units that are closed since. */
  former: z.array(z.number().int()).optional(),
  /** The root and the units above those that report, in path order. */
  upper: z.array(upperSchema),
  /** Where it was asked for. */
  against: againstSchema.optional(),
});

export type FigureFrame = z.infer<typeof figureFrameSchema>;
