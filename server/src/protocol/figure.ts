import { z } from 'zod';
import { MOST_CROSSED, MOST_LISTED, MOST_WATCHED } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';

export const figureMoment = z.iso.datetime();

/** FG37: by the clock in Viet Nam; PostgreSQL has no year 0, and a period that is shown has four digits. */
export const FIGURES_FROM: number = Date.parse('1900-01-01T00:00:00+07:00');

export const FIGURES_UNTIL: number = Date.parse('9999-01-01T00:00:00+07:00');

/** A moment in the period that is asked for. */
export const figurePeriodSchema = figureMoment.refine((text) => {
  const at = Date.parse(text);
  return at >= FIGURES_FROM && at < FIGURES_UNTIL;
}, 'no figure is that old, or that far ahead');

export const FIGURE_CODE: RegExp = /^[a-z][a-z0-9-]{1,47}$/;

/** FG1: code of an indicator, for ever. */
export const indicatorCodeSchema = z.string().regex(FIGURE_CODE);

/** FG38: those that a steward answers for. */
export const listedIndicatorsSchema = z.array(indicatorCodeSchema).min(1).max(MOST_LISTED).optional();

export const sourceCodeSchema = z.string().regex(FIGURE_CODE);

export const observationStatusSchema = z.enum(['A', 'P', 'E', 'B', 'O']);

/** contested: it counts, and another source has another value. held: it was recorded and does not count. */
export const figureStateSchema = z.enum(['fresh', 'late', 'stale', 'none', 'held', 'contested']);

export type FigureState = z.infer<typeof figureStateSchema>;
/** As the states of a frame are written: one letter a unit. */
export const STATE_LETTERS = { f: 'fresh', l: 'late', s: 'stale', n: 'none', h: 'held', c: 'contested' } as const;

/** FG10, FG126: of the units of a territory that report. Those that are fresh, late, held or contested here have a value in it. */
export const figureCoverageSchema = z.object({
  expected: z.number().int(),
  fresh: z.number().int(),
  late: z.number().int(),
  stale: z.number().int(),
  none: z.number().int(),
  held: z.number().int(),
  contested: z.number().int(),
  /** FG143: of those without a value, the ones whose first one is held; left out: none. */
  withheld: z.number().int().min(1).optional(),
});

export type FigureCoverage = z.infer<typeof figureCoverageSchema>;

/** FG61: how many units that are closed since have values in it; left out: none. */
export const figureClosed = z.number().int().min(1).optional();

/** FG91: of what the units weigh, the part whose values are there, in ten thousandths, rounded down; left out: nothing weighs. */
export const figureShare = z.number().int().min(0).max(10_000).optional();

/** FG172: of the expected units, those whose denominator or weight is not known; left out: none, or told by the version before. */
export const figureUnweighed = z.number().int().min(1).optional();

/** Units of one indicator whose value or state moved, in path order; `values` and `states` likewise. */
export const figureChangeSchema = z.object({
  indicator: indicatorCodeSchema,
  period: figureMoment,
  units: z.array(unitCodeSchema),
  values: z.array(z.number().int().nullable()),
  /** `STATE_LETTERS`. */
  states: z.string(),
});

export type FigureChange = z.infer<typeof figureChangeSchema>;

/** FG141: the newest period of which anything was said, and how many of the expected units have a value in it. */
export const figureComingSchema = z.object({
  period: figureMoment,
  counted: z.number().int(),
  expected: z.number().int(),
});

export type FigureComing = z.infer<typeof figureComingSchema>;

/** FG97, FG142: both sides of a change, over the units that have said both values, and how many these are. */
export const figureCompared = z.object({ now: z.number().int(), before: z.number().int(), both: z.number().int() });

/** An indicator over a territory, in the period that is shown (FG140). */
export const figureCardSchema = z.object({
  indicator: indicatorCodeSchema,
  /** The root of the territory. */
  unit: unitCodeSchema,
  period: figureMoment,
  /** As of here. */
  n: z.number().int(),
  value: z.number().int().nullable(),
  /** Of the period before, as it is known now. */
  former: z.number().int().nullable(),
  /** The periods up to this one, the oldest first. */
  series: z.array(z.number().int().nullable()).max(28),
  coverage: figureCoverageSchema,
  /** FG10: end of the oldest period of which a value is in it. */
  oldest: figureMoment.nullable(),
  state: figureStateSchema,
  closed: figureClosed,
  share: figureShare,
  unweighed: figureUnweighed,
  /** FG141: left out: the period of the card is the newest, and due or covered. */
  coming: figureComingSchema.optional(),
  /** FG142: against the period before; null: it is not known; left out by nodes of the version before. */
  change: figureCompared.nullable().optional(),
  /** FG62: positions of the series before which units took the place of others. */
  breaks: z.array(z.number().int()).max(28).optional(),
});

export type FigureCard = z.infer<typeof figureCardSchema>;

/** FG96: a unit whose value came into another class of `cuts`: which, counted from 0 as their words are. */
export const figureCrossingSchema = z.object({
  indicator: indicatorCodeSchema,
  unit: unitCodeSchema,
  from: z.number().int(),
  to: z.number().int(),
  value: z.number().int(),
  n: z.number().int(),
  /** When that was recorded. */
  at: figureMoment,
});

export type FigureCrossing = z.infer<typeof figureCrossingSchema>;

const crossed = z.array(figureCrossingSchema).max(MOST_CROSSED).optional();

/** FG14, FG16: what was done to a value after it was recorded. */
export const figureActDoneSchema = z.object({
  n: z.number().int(),
  at: figureMoment,
  act: z.enum(['release', 'reject', 'contest', 'answer', 'withdraw']),
  by: z.string(),
  unit: unitCodeSchema,
  reason: z.string().nullable(),
});

export type FigureActDone = z.infer<typeof figureActDoneSchema>;

/** A value as it was recorded. */
export const figureRevisionSchema = z.object({
  n: z.number().int(),
  at: figureMoment,
  source: sourceCodeSchema,
  /** Left out by nodes of the version before. */
  sourceName: z.string().optional(),
  revision: z.number().int(),
  value: z.number().int().nullable(),
  status: observationStatusSchema,
  /** FG14: it does not count, and nobody has decided on it. */
  held: z.boolean(),
  /** Which of them counts. */
  counts: z.boolean(),
  reason: z.string().nullable(),
  /** In their order. */
  acts: z.array(figureActDoneSchema),
});

export type FigureRevision = z.infer<typeof figureRevisionSchema>;

const one = { indicator: indicatorCodeSchema, unit: unitCodeSchema };

/** FG80: as it was known then; without it, as it is known now. */
const knownAt = z.number().int().min(1).optional();

export const figureActSchemas = {
  /** Instead of what this connection watched before; none: nothing any more. */
  'figures.watch': {
    ask: z.strictObject({ indicators: z.array(indicatorCodeSchema).max(MOST_WATCHED), root: unitCodeSchema }),
    /** FG96: the newest first; left out by nodes of the version before. */
    answer: z.object({ cards: z.array(figureCardSchema), n: z.number().int(), crossed }),
  },
  'figures.series': {
    ask: z.strictObject({ ...one, periods: z.number().int().min(1).max(720).default(28), n: knownAt }),
    answer: z.object({
      ...one,
      n: z.number().int(),
      points: z.array(z.object({ period: figureMoment, value: z.number().int().nullable() })),
      /** FG62: of these, the periods before which units of its territory took the place of others. */
      breaks: z.array(figureMoment),
      /** FG100: of a unit that reports, the periods of which it has said something again; left out: it is not known. */
      revised: z.array(figureMoment).optional(),
    }),
  },
  /** FG21 */
  'figures.history': {
    ask: z.strictObject({ ...one, period: figurePeriodSchema, n: knownAt }),
    answer: z.object({ ...one, period: figureMoment, revisions: z.array(figureRevisionSchema) }),
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
    /** FG96: since the notice before, the newest first. */
    crossed,
    /** FG101: of these whoever hears this hears no more. */
    unseen: z.array(indicatorCodeSchema).optional(),
  }),
} as const;
