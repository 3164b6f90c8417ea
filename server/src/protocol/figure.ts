import { z } from 'zod';
import {
  LONGEST_FIGURE,
  LONGEST_FIGURE_UNIT,
  LONGEST_NAME,
  LONGEST_REASON,
  MOST_BATCH_ERRORS,
  MOST_WATCHED,
} from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { uuidSchema } from './uuid.ts';

const moment = z.iso.datetime();
/** FG37: by the clock in Viet Nam; PostgreSQL has no year 0, and a period that is shown has four digits. */
export const FIGURES_FROM: number = Date.parse('1900-01-01T00:00:00+07:00');
export const FIGURES_UNTIL: number = Date.parse('9999-01-01T00:00:00+07:00');
/** A moment in the period that is asked for. */
export const figurePeriodSchema = moment.refine((text) => {
  const at = Date.parse(text);
  return at >= FIGURES_FROM && at < FIGURES_UNTIL;
}, 'no figure is that old, or that far ahead');
const both = (most: number) => z.object({ vi: z.string().min(1).max(most), en: z.string().min(1).max(most) });

/** FG1: code of an indicator, for ever. */
export const indicatorCodeSchema = z.string().regex(/^[a-z][a-z0-9-]{1,47}$/);
export const sourceCodeSchema = z.string().regex(/^[a-z][a-z0-9-]{1,47}$/);

/** FG2: the largest value, in steps of 10^-scale: a sum of 11,000 of them is exact. */
export const LARGEST_VALUE = 800_000_000_000;
const steps = z.number().int().min(-LARGEST_VALUE).max(LARGEST_VALUE);

export const everySchema = z.enum(['5min', 'hour', 'day', 'week', 'month', 'once']);
export type Every = z.infer<typeof everySchema>;

/** A figure that is followed: what it is, how often it comes, and how it is summed up. Values are steps of 10^-scale. */
export const indicatorSchema = z.object({
  code: indicatorCodeSchema,
  name: both(LONGEST_NAME),
  unit: both(LONGEST_FIGURE_UNIT),
  scale: z.number().int().min(0).max(6),
  /** stock: stands until it is stale. flow: of its period alone. cumulative: does not fall. */
  kind: z.enum(['stock', 'flow', 'cumulative']),
  every: everySchema,
  /** FG9: how units above follow from those below; none: the source gives the value of each tier. */
  up: z.enum(['sum', 'ratio', 'weighted', 'max', 'min', 'none']),
  /** Of a ratio: it is computed from these two, and never sent in. */
  numerator: indicatorCodeSchema.optional(),
  denominator: indicatorCodeSchema.optional(),
  /** Of a weighted mean. */
  weight: indicatorCodeSchema.optional(),
  /** FG11: seconds after the end of a period. */
  dueSeconds: z.number().int().min(0),
  staleSeconds: z.number().int().min(0),
  /** Classes for a map: borders in steps, ascending, and the words of each class, one more than borders. */
  cuts: z.object({ at: z.array(steps), words: z.array(both(LONGEST_NAME)), worse: z.enum(['up', 'down']) }).optional(),
  /** FG2, FG14: in steps. Beyond hard a value is refused, beyond soft it is held. */
  bounds: z.object({ hard: z.tuple([steps, steps]), soft: z.tuple([steps, steps]).optional() }).optional(),
  mayStage: z.boolean(),
  /** FG33 */
  simulated: z.boolean(),
  version: z.number().int().min(1),
});
export type Indicator = z.infer<typeof indicatorSchema>;

/** Who sends figures in. */
export const figureSourceSchema = z.object({
  code: sourceCodeSchema,
  name: z.string().min(1).max(LONGEST_NAME),
  /** FG8: 1 is the best. */
  rank: z.number().int().min(1).max(1000),
  /** FG22: the unit in whose territory it writes, and what. */
  root: unitCodeSchema,
  indicators: z.array(indicatorCodeSchema),
  simulated: z.boolean(),
});
export type FigureSource = z.infer<typeof figureSourceSchema>;

export const observationStatusSchema = z.enum(['A', 'P', 'E', 'B', 'O']);

/** What every format of a batch becomes. Whether it is true of this installation is for the domain to say. */
export const figureRowSchema = z.object({
  /** Its place in the file, from 1. */
  row: z.number().int().min(1),
  indicator: z.string().max(LONGEST_FIGURE),
  unit: z.string().max(LONGEST_FIGURE),
  /** A date, or a date with time and offset: a moment in the period. */
  period: z.string().max(LONGEST_FIGURE),
  /** Decimal, with a point; null: the source says that there is none. */
  value: z.string().max(LONGEST_FIGURE).nullable(),
  /** SDMX: normal, provisional, estimated, break, missing. */
  status: observationStatusSchema.optional(),
  /** When it was read, if not at the end of the period. */
  seen: z.string().max(LONGEST_FIGURE).optional(),
});
export type FigureRow = z.infer<typeof figureRowSchema>;

const rowReasons = [
  'unknown-unit',
  'closed-unit',
  'unknown-indicator',
  'outside-territory',
  /** FG22: the indicator is none of the source's. */
  'not-yours',
  'bad-value',
  'bad-period',
  'future',
  'contradiction',
] as const;
export const rowErrorSchema = z.object({
  row: z.number().int(),
  column: z.enum(['indicator', 'unit', 'period', 'value', 'status']).optional(),
  value: z.string().optional(),
  reason: z.enum(rowReasons),
  say: both(LONGEST_REASON),
});
export type RowError = z.infer<typeof rowErrorSchema>;

/** `POST /api/figures/batches` */
export const batchAskSchema = z.strictObject({
  key: uuidSchema,
  /** FG5: partial: what is good of it; whole: all or nothing. */
  mode: z.enum(['partial', 'whole']).default('partial'),
  dryRun: z.stringbool().default(false),
  /** Why something is corrected. */
  reason: z.string().trim().min(1).max(LONGEST_REASON).optional(),
});
export type BatchAsk = z.output<typeof batchAskSchema>;
export const batchAnswerSchema = z.object({
  /** FG4: its place among batches and acts; null: nothing was recorded. */
  n: z.number().int().nullable(),
  /** Hash of the seal under which it stands. */
  seal: z.string().nullable(),
  accepted: z.number().int(),
  /** FG7: what this source said of the cell last: no row. */
  unchanged: z.number().int(),
  /** FG14: recorded, and of the accepted ones; they do not count. */
  held: z.number().int(),
  refused: z.number().int(),
  errors: z.array(rowErrorSchema).max(MOST_BATCH_ERRORS),
  dryRun: z.boolean(),
});
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;

/** `GET /api/figures/indicators` */
export const indicatorListSchema = z.object({ indicators: z.array(indicatorSchema) });

/** contested: it counts, and another source has another value. held: it was recorded and does not count. */
export const figureStateSchema = z.enum(['fresh', 'late', 'stale', 'none', 'held', 'contested']);
export type FigureState = z.infer<typeof figureStateSchema>;
/** As the states of a frame are written: one letter a unit. */
export const STATE_LETTERS = { f: 'fresh', l: 'late', s: 'stale', n: 'none', h: 'held', c: 'contested' } as const;

/** FG10: of the units of a territory that report. A value counts that is fresh, late, held or contested and is there. */
export const figureCoverageSchema = z.object({
  expected: z.number().int(),
  fresh: z.number().int(),
  late: z.number().int(),
  stale: z.number().int(),
  none: z.number().int(),
  held: z.number().int(),
  contested: z.number().int(),
});
export type FigureCoverage = z.infer<typeof figureCoverageSchema>;

/** Units of one indicator whose value or state moved, in path order; `values` and `states` likewise. */
export const figureChangeSchema = z.object({
  indicator: indicatorCodeSchema,
  period: moment,
  units: z.array(unitCodeSchema),
  values: z.array(z.number().int().nullable()),
  /** `STATE_LETTERS`. */
  states: z.string(),
});
export type FigureChange = z.infer<typeof figureChangeSchema>;

/** An indicator over a territory, in its current period. */
export const figureCardSchema = z.object({
  indicator: indicatorCodeSchema,
  /** The root of the territory. */
  unit: unitCodeSchema,
  period: moment,
  /** As of here. */
  n: z.number().int(),
  value: z.number().int().nullable(),
  /** Of the period before, as it is known now. */
  former: z.number().int().nullable(),
  /** The periods up to this one, the oldest first. */
  series: z.array(z.number().int().nullable()).max(28),
  coverage: figureCoverageSchema,
  /** FG10: end of the oldest period of which a value is in it. */
  oldest: moment.nullable(),
  state: figureStateSchema,
});
export type FigureCard = z.infer<typeof figureCardSchema>;

const upperSchema = z.object({
  unit: unitCodeSchema,
  value: z.number().int().nullable(),
  coverage: figureCoverageSchema,
});
/**
 * `GET /api/figures/frames/{indicator}/{period}/{n}?root=`: all values of one indicator and period in a territory, as
 * known at N, by the tree of today.
 */
export const figureFrameSchema = z.object({
  indicator: indicatorCodeSchema,
  period: moment,
  n: z.number().int(),
  root: unitCodeSchema,
  /** FG9: those that report, in path order; values and states likewise. */
  units: z.array(unitPathSchema),
  values: z.array(z.number().int().nullable()),
  /** `STATE_LETTERS`. */
  states: z.string(),
  /** The root and the units above those that report, in path order. */
  upper: z.array(upperSchema),
});
export type FigureFrame = z.infer<typeof figureFrameSchema>;

/** A value as it was recorded. */
export const figureRevisionSchema = z.object({
  n: z.number().int(),
  at: moment,
  source: sourceCodeSchema,
  revision: z.number().int(),
  value: z.number().int().nullable(),
  status: observationStatusSchema,
  held: z.boolean(),
  /** Which of them counts. */
  counts: z.boolean(),
  reason: z.string().nullable(),
});
export type FigureRevision = z.infer<typeof figureRevisionSchema>;

const one = { indicator: indicatorCodeSchema, unit: unitCodeSchema };
export const figureActSchemas = {
  /** Instead of what this connection watched before; none: nothing any more. */
  'figures.watch': {
    ask: z.strictObject({ indicators: z.array(indicatorCodeSchema).max(MOST_WATCHED), root: unitCodeSchema }),
    answer: z.object({ cards: z.array(figureCardSchema), n: z.number().int() }),
  },
  'figures.series': {
    ask: z.strictObject({ ...one, periods: z.number().int().min(1).max(720).default(28) }),
    answer: z.object({
      ...one,
      n: z.number().int(),
      points: z.array(z.object({ period: moment, value: z.number().int().nullable() })),
    }),
  },
  /** FG21 */
  'figures.history': {
    ask: z.strictObject({ ...one, period: figurePeriodSchema }),
    answer: z.object({ ...one, period: moment, revisions: z.array(figureRevisionSchema) }),
  },
} as const;

export const figureNotices = {
  /**
   * FG23: to whoever watches, at most four a second: cards that moved, and, while they are few (`MOST_CHANGED` together),
   * the units that report; else the frame of that N is fetched.
   */
  figures: z.object({
    n: z.number().int(),
    cards: z.array(figureCardSchema),
    changed: z.array(figureChangeSchema).optional(),
  }),
} as const;
