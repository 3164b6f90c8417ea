import { z } from 'zod';
import { indicatorCodeSchema, sourceCodeSchema } from './figure.ts';
import { LONGEST_FIGURE_UNIT, LONGEST_NAME, MOST_REPORTERS } from './limits.ts';
import { isLabel } from './name.ts';
import { unitCodeSchema } from './organisation.ts';

export const inBoth = (most: number) => z.object({ vi: z.string().min(1).max(most), en: z.string().min(1).max(most) });

/** What an indicator, a class of it or a source is called: characters that are seen alone. (NM1) @param most UTF-16 units */
const called = (most: number) =>
  z.string().min(1).max(most).refine(isLabel, 'a name has characters that are seen, alone');
const calledInBoth = (most: number) => z.object({ vi: called(most), en: called(most) });

/** FG2: the largest value, in steps of 10^-scale: a sum of 11,000 of them is exact. */
export const LARGEST_VALUE = 800_000_000_000;

const steps = z.number().int().min(-LARGEST_VALUE).max(LARGEST_VALUE);

export const everySchema = z.enum(['5min', 'hour', 'day', 'week', 'month', 'once']);

export type Every = z.infer<typeof everySchema>;

/** A figure that is followed: what it is, how often it comes, and how it is summed up. Values are steps of 10^-scale. */
export const indicatorSchema = z.object({
  code: indicatorCodeSchema,
  name: calledInBoth(LONGEST_NAME),
  unit: calledInBoth(LONGEST_FIGURE_UNIT),
  scale: z.number().int().min(0).max(6),
  /** stock: stands until it is stale. flow: of its period alone. cumulative: does not fall. */
  kind: z.enum(['stock', 'flow', 'cumulative']),
  every: everySchema,
  /** FG9: how units above follow from those below; none: the source gives the value of each tier. */
  up: z.enum(['sum', 'ratio', 'weighted', 'max', 'min', 'none']),
  /** Of a ratio: it is computed from these two, and never sent in. */
  numerator: indicatorCodeSchema.optional(),
  denominator: indicatorCodeSchema.optional(),
  /** FG174: of a ratio: so many of the denominator, 100 for a per cent; left out: one. Its unit says it. */
  per: z.union([z.literal(100), z.literal(1_000), z.literal(100_000)]).optional(),
  /** FG90: units without units below in their territories report it; left out: all do. */
  reporters: z.array(unitCodeSchema).min(1).max(MOST_REPORTERS).optional(),
  /** Of a weighted mean. */
  weight: indicatorCodeSchema.optional(),
  /** FG11: seconds after the end of a period. */
  dueSeconds: z.number().int().min(0),
  staleSeconds: z.number().int().min(0),
  /** Classes for a map: borders in steps, ascending, and the words of each class, one more than borders. */
  cuts: z
    .object({ at: z.array(steps), words: z.array(calledInBoth(LONGEST_NAME)), worse: z.enum(['up', 'down']) })
    .optional(),
  /** FG2, FG14: in steps. Beyond hard a value is refused, beyond soft it is held. */
  bounds: z.object({ hard: z.tuple([steps, steps]), soft: z.tuple([steps, steps]).optional() }).optional(),
  /** FG14: what else is held, as the indicator says. */
  checks: z
    .object({
      /** A value `times` as large or as small as the nearest before, if they are more than `floor` steps apart. */
      jump: z.object({ times: z.number().int().min(2).max(1000), floor: steps.min(0) }).optional(),
      /** A value that is unusual for its unit, if it is more than `floor` steps from what is usual. */
      usual: z.object({ floor: steps.min(0) }).optional(),
      /** It is a part of this one, and never more. */
      partOf: indicatorCodeSchema.optional(),
    })
    .optional(),
  /** FG8: in steps; sources that are no further apart agree. Left out: none. */
  tolerance: steps.min(0).optional(),
  /** FG105: the institution that answers for it; left out: nobody has said which. */
  owner: calledInBoth(LONGEST_NAME).optional(),
  /** FG92: leaders of so many tiers from the root of the tree may see it; left out: all of them. */
  seenBy: z.number().int().min(1).max(10).optional(),
  /**
   * FG139: part of the expected units that a period needs before it is shown, unless it is due; 0: the newest is shown at once.
   * Left out: 0.8.
   */
  minCoverage: z.number().min(0).max(1).optional(),
  mayStage: z.boolean(),
  /** FG33 */
  simulated: z.boolean(),
  version: z.number().int().min(1),
});

export type Indicator = z.infer<typeof indicatorSchema>;

/** FG60: how the codes of indicators begin that a roll-call has asked. */
export const ASKED_PREFIX = 'asked-';
/** FG139: where an indicator says nothing else. */
const MIN_COVERAGE = 0.8;

/** FG139: part of the expected units that a period needs a value of before it is shown. */
export const minCoverageOf = ({ code, minCoverage }: Pick<Indicator, 'code' | 'minCoverage'>): number =>
  minCoverage ?? (code.startsWith(ASKED_PREFIX) ? 0 : MIN_COVERAGE);

/**
 * FG70: how a source brings its figures. push: a platform sends them, with a key. pull: a platform is asked for them. form:
 * each unit types its own. upload: people hand in files. asked: a roll-call has asked for them.
 */
export const sourceKindSchema = z.enum(['push', 'pull', 'form', 'upload', 'asked']);

export type SourceKind = z.infer<typeof sourceKindSchema>;

/** Who sends figures in. */
export const figureSourceSchema = z.object({
  code: sourceCodeSchema,
  name: called(LONGEST_NAME),
  /** FG8: 1 is the best. */
  rank: z.number().int().min(1).max(1000),
  /** FG22: the unit in whose territory it writes, and what. */
  root: unitCodeSchema,
  indicators: z.array(indicatorCodeSchema),
  simulated: z.boolean(),
  /** Left out: push. */
  kind: sourceKindSchema.optional(),
});

export type FigureSource = z.infer<typeof figureSourceSchema>;

/** `GET /api/figures/indicators` */
export const indicatorListSchema = z.object({ indicators: z.array(indicatorSchema) });
