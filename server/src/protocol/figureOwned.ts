import { z } from 'zod';
import { figureCardSchema, figureMoment, indicatorCodeSchema, sourceCodeSchema } from './figure.ts';
import { figureSourceSchema, indicatorSchema, sourceKindSchema } from './figureDefinition.ts';
import { doubtTold } from './figureDoubt.ts';
import { pullStateSchema } from './figurePull.ts';
import { MOST_OWNED, MOST_SKIPPED } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';

const count = z.number().int();

/** A batch, as it was answered. */
export const ownedBatchSchema = z.object({
  n: count,
  at: figureMoment,
  by: z.string(),
  /** Of the listed indicators, those of which it speaks. */
  indicators: z.array(indicatorCodeSchema),
  ...{ accepted: count, held: count, unchanged: count, refused: count },
  reason: z.string().nullable(),
  /** How many of the rows that were refused are kept with their reason (FG6), for a list of them. */
  errors: count,
});

/** A source of figures, as whoever answers for it sees it. */
export const ownedSourceSchema = z.object({
  code: sourceCodeSchema,
  ...figureSourceSchema.pick({ name: true, rank: true, indicators: true, simulated: true }).shape,
  kind: sourceKindSchema,
  root: z.object({ code: unitCodeSchema, name: z.string() }),
  /** FG74: whether whoever asks hands in files of it. */
  mayUpload: z.boolean(),
  /** FG41: since when each of its keys is good; of a key nothing else is told. */
  keys: z.array(figureMoment),
  /** FG64: of one that is asked; null: it is not, or nobody has ever listed it. */
  pull: pullStateSchema.nullable(),
  /** The newest first. */
  batches: z.array(ownedBatchSchema).max(MOST_OWNED),
});

export type OwnedSource = z.infer<typeof ownedSourceSchema>;

/** A value that waits for a decision, or for an answer. */
export const openValueSchema = z.object({
  indicator: indicatorCodeSchema,
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  /** Names of what lies above it, without the root: wards share theirs. */
  within: z.string(),
  period: figureMoment,
  source: sourceCodeSchema,
  revision: count.min(1),
  value: count.nullable(),
  /** When it came. */
  at: figureMoment,
  /** FG14: of one that is held. */
  ...doubtTold,
  /** What it was compared with. */
  beside: count.nullable(),
  /** FG16: who contests it, when and why; null: it is held. */
  contest: z.object({ at: figureMoment, by: z.string(), unit: z.string(), reason: z.string().nullable() }).nullable(),
});

export type OpenValue = z.infer<typeof openValueSchema>;

/** What somebody has decided on values, or answered: the first of them, and of how many it was. */
export const decidedActSchema = openValueSchema
  .pick({ indicator: true, unit: true, name: true, within: true, period: true, source: true, value: true })
  .extend({
    act: z.enum(['release', 'reject', 'answer', 'withdraw']),
    ...{ n: count, at: figureMoment, by: z.string(), reason: z.string().nullable(), values: count },
  });

export type DecidedAct = z.infer<typeof decidedActSchema>;

/** When a figure was on the stage of a briefing. */
export const stagedFigureSchema = z.object({
  indicator: indicatorCodeSchema,
  title: z.string(),
  at: figureMoment,
  /** null: it still is. */
  until: figureMoment.nullable(),
  n: count,
});

export type StagedFigure = z.infer<typeof stagedFigureSchema>;

/** `GET /api/figures/owned`: after how many others the list of what is open begins. */
export const ownedQuerySchema = z.strictObject({
  openFrom: z.coerce.number().int().min(0).max(MOST_SKIPPED).default(0),
});

/** FG39: sources of which whoever asks hands in files, and of a steward what becomes of their figures. */
export const ownedFiguresSchema = z.object({
  indicators: z.array(indicatorSchema),
  sources: z.array(ownedSourceSchema),
  /** Of a steward; of leaders these stay empty, since they have them elsewhere. */
  cards: z.array(figureCardSchema),
  /** Some, the newest first. */
  open: z.array(openValueSchema).max(MOST_OWNED),
  /** How many there are, and after how many of them the list begins; left out by nodes of the version before. */
  openOf: z.object({ values: count, from: count }).optional(),
  /** The newest first; left out by nodes of the version before. */
  decided: z.array(decidedActSchema).max(MOST_OWNED).optional(),
  staged: z.array(stagedFigureSchema).max(MOST_OWNED),
});

export type OwnedFigures = z.infer<typeof ownedFiguresSchema>;
