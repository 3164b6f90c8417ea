import { z } from 'zod';
import { figureClosed, figureCoverageSchema, figureMoment, figureShare, indicatorCodeSchema } from './figure.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';

const upperSchema = z.object({
  unit: unitCodeSchema,
  value: z.number().int().nullable(),
  coverage: figureCoverageSchema,
  closed: figureClosed,
  share: figureShare,
});

/**
 * `GET /api/figures/frames/{indicator}/{period}/{n}?root=`: all values of one indicator and period in a territory, as
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
});

export type FigureFrame = z.infer<typeof figureFrameSchema>;
