import { z } from 'zod';
import { languageSchema } from './briefing.ts';
import {
  figureClosed,
  figureComingSchema,
  figureCoverageSchema,
  figureMoment,
  figureShare,
  figureUnweighed,
  indicatorCodeSchema,
  sourceCodeSchema,
} from './figure.ts';
import { everySchema, inBoth, indicatorSchema } from './figureDefinition.ts';
import { LONGEST_FIGURE_UNIT, LONGEST_NAME, MOST_LISTED, MOST_READ_PERIODS } from './limits.ts';
import { name as nameOf } from './name.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';

/** FG185: a key that reads: what, in which territory, and until when. */
export const figureReaderSchema = z.object({
  code: sourceCodeSchema,
  name: nameOf(LONGEST_NAME),
  root: unitCodeSchema,
  indicators: z.array(indicatorCodeSchema).min(1).max(MOST_LISTED),
  until: figureMoment,
});

export type FigureReaderKey = z.infer<typeof figureReaderSchema>;

/** FG190: without it `Accept` decides, and JSON where that says nothing. */
const format = z.enum(['json', 'csv', 'sdmx']).optional();
/** A day, a moment with its offset, or the month or week of what comes so often. */
const period = z.string().min(4).max(40).optional();
/** As was known at this moment; left out: as it is known now. */
const at = z.iso.datetime({ offset: true }).optional();

/** `GET /api/figures/read/frames/{indicator}` */
export const frameReadSchema = z.strictObject({
  /** Left out: the territory of the key. */
  unit: unitCodeSchema.optional(),
  /** Left out: the period that is shown (FG140). */
  period,
  at,
  /** sums: without the units that report, where there are others. */
  rows: z.enum(['all', 'sums']).default('all'),
  format,
});

/** `GET /api/figures/tables/{indicator}`, of a session (FG203). */
export const frameTableSchema = z.strictObject({
  unit: unitCodeSchema,
  period,
  at,
  language: languageSchema.default('vi'),
  format: z.enum(['csv', 'xlsx']).default('xlsx'),
});

/** `GET /api/figures/read/series/{indicator}` */
export const seriesReadSchema = z.strictObject({
  unit: unitCodeSchema.optional(),
  /** The last period; left out: the one that is shown. */
  to: period,
  at,
  periods: z.coerce.number().int().min(1).max(MOST_READ_PERIODS).default(MOST_READ_PERIODS),
  format,
});

export type FrameRead = z.output<typeof frameReadSchema>;
export type SeriesRead = z.output<typeof seriesReadSchema>;

/** A value never goes alone: with it go how it stands and how much of a territory is in it. */
const valueShape = {
  /** Decimal text, exact; null: there is none. */
  value: z.string().nullable(),
  /**
   * late, held and contested: the value counts, and is marked. stale: it is in no sum. withheld: the only value that was said is
   * held. none: nothing was said. Of a sum the state of its period; how its units stand is its coverage.
   */
  state: z.enum(['fresh', 'late', 'stale', 'none', 'held', 'contested', 'withheld']),
  /** FG10: of a sum; null: of the unit itself. */
  coverage: figureCoverageSchema.nullable(),
  /** FG10: end of the oldest period of which a value is in it. */
  oldest: figureMoment.nullable(),
  closed: figureClosed,
  share: figureShare,
  unweighed: figureUnweighed,
};
export const readValueSchema = z.object(valueShape);

export type ReadValue = z.infer<typeof readValueSchema>;

const periodShape = z.object({ start: figureMoment, end: figureMoment });

/** Of what an answer is, and as of when. */
const aboutShape = {
  indicator: indicatorCodeSchema,
  name: inBoth(LONGEST_NAME),
  /** The unit in which it is told. */
  measure: inBoth(LONGEST_FIGURE_UNIT),
  every: everySchema,
  simulated: z.boolean(),
  /** Version of the definition. */
  version: z.number().int(),
  unit: unitCodeSchema,
  unitName: z.string(),
  /** The newest batch or act that is in the answer (FG4), and when it was recorded. */
  asOf: z.object({ n: z.number().int(), at: figureMoment }),
};
const rowSchema = z.object({ unit: unitCodeSchema, path: unitPathSchema, name: z.string(), ...valueShape });

export type ReadRow = z.infer<typeof rowSchema>;

export const readFrameSchema = z.object({
  ...aboutShape,
  period: periodShape,
  /** FG141 */
  coming: figureComingSchema.optional(),
  /** Of the territory and each unit in it, in path order; those that do not report the indicator are left out. */
  rows: z.array(rowSchema),
});

export type ReadFrame = z.infer<typeof readFrameSchema>;

export const readSeriesSchema = z.object({
  ...aboutShape,
  path: unitPathSchema,
  /** The oldest first. */
  points: z.array(z.object({ period: periodShape, ...valueShape })),
});

export type ReadSeries = z.infer<typeof readSeriesSchema>;

/** `GET /api/figures/read`: what the key reads, and how it is defined. */
export const readableSchema = z.object({
  ...figureReaderSchema.shape,
  indicatorsDefined: z.array(indicatorSchema),
});
