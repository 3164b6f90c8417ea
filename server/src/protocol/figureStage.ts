import { z } from 'zod';
import {
  figureComingSchema,
  figureCoverageSchema,
  figureMoment,
  figurePeriodSchema,
  figureUnweighed,
  indicatorCodeSchema,
} from './figure.ts';
import { indicatorSchema } from './figureDefinition.ts';
import { MOST_BESIDE, STAGED_PIECE } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { pieceQuerySchema } from './pieces.ts';
import { sha256Schema } from './slides.ts';
import { uuidSchema } from './uuid.ts';

/** provinces: the units right below the root, summed up. communes: each unit that reports, by name. */
export const stageDepthSchema = z.enum(['provinces', 'communes']);
export type StageDepth = z.infer<typeof stageDepthSchema>;
export const stageViewSchema = z.enum(['map', 'series', 'table']);
export type StageView = z.infer<typeof stageViewSchema>;

/** FG27: a place in the data, and not on a picture, so it is right at every size. */
export const stageMarkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unit'), unit: unitCodeSchema }),
  z.strictObject({ kind: z.literal('period'), period: figurePeriodSchema }),
]);
export type StageMark = z.infer<typeof stageMarkSchema>;

const value = z.number().int().nullable();
const count = z.number().int();
/** A unit: its code, its value, and of how many units that report it is made, of how many. */
export const stagedUnitSchema = z.tuple([unitCodeSchema, value, count, count]);
export type StagedUnit = z.infer<typeof stagedUnitSchema>;

/** FG141: the newest period that is not the one shown, or the one shown, as far as it has come; `ready`: it is due or covered. */
export const stagedComingSchema = figureComingSchema.extend({ ready: z.literal(true).optional() });
export type StagedComing = z.infer<typeof stagedComingSchema>;

/** FG75: another figure of the same territory: its value, how sure that is, and its last periods. */
export const stagedBesideSchema = z.object({
  indicator: indicatorSchema
    .pick({ code: true, name: true, unit: true, scale: true, every: true, up: true, simulated: true })
    // FG128: pages and nodes of the version before neither ask for it nor tell it.
    .partial({ up: true }),
  period: figureMoment,
  value,
  coverage: figureCoverageSchema,
  unweighed: figureUnweighed,
  oldest: figureMoment.nullable(),
  coming: stagedComingSchema.optional(),
  series: z.array(value),
  starts: z.array(count),
});
export type StagedBeside = z.infer<typeof stagedBesideSchema>;

/** FG24: all that a viewer needs to draw figures, but for units by name; small, and the same for everybody. */
export const stagedPictureSchema = z.object({
  indicator: indicatorSchema
    .pick({
      ...{ code: true, name: true, unit: true, scale: true, kind: true, every: true, up: true, cuts: true },
      simulated: true,
    })
    .partial({ up: true }),
  root: unitPathSchema,
  rootName: z.string(),
  period: figureMoment,
  /** As known here, and when that was. */
  n: count,
  at: figureMoment,
  value,
  coverage: figureCoverageSchema,
  unweighed: figureUnweighed,
  /** FG10 */
  oldest: figureMoment.nullable(),
  coming: stagedComingSchema.optional(),
  /** Right below the root and above others, in path order; names likewise. */
  units: z.array(stagedUnitSchema),
  names: z.array(z.string()),
  /**
   * FG128: those of `units` of which was announced what is of a period before this one, and the end of that, in seconds since 1970;
   * left out: none, or nobody knows.
   */
  before: z.array(z.tuple([unitCodeSchema, count])).optional(),
  /** FG172: those of `units` in which no denominator or weight is known of so many; left out: none, or nobody knows. */
  unweighedIn: z.array(z.tuple([unitCodeSchema, count])).optional(),
  /** Of the root, a value of each period, the oldest first; when they start is read by `startsIn`. */
  series: z.array(value),
  starts: z.array(count),
  /** As known at the same N. What was put there by versions that knew of none has none. */
  beside: z.array(stagedBesideSchema).max(MOST_BESIDE).default([]),
});
export type StagedPicture = z.infer<typeof stagedPictureSchema>;

/** Starts of the periods of its series, in milliseconds. They are told in seconds, the first since 1970, each after the one before. */
export function startsIn({ starts }: Pick<StagedPicture, 'starts'>): number[] {
  let at = 0;
  return starts.map((seconds) => {
    at += seconds;
    return at * 1000;
  });
}

/** Each that reports, in path order; names, values and states (`STATE_LETTERS`) likewise. */
const stagedUnitsSchema = z.object({
  units: z.array(unitPathSchema),
  names: z.array(z.string()),
  values: z.array(value),
  states: z.string(),
});

/** `GET /api/briefings/{id}/figures/{sha256}`: what was put on the stage, as it is on record. */
export const stagedContentSchema = z.object({
  picture: stagedPictureSchema,
  /** At depth communes. */
  communes: stagedUnitsSchema.nullable(),
});
export type StagedContent = z.infer<typeof stagedContentSchema>;

/** FG108: `GET /api/briefings/{id}/figures/{sha256}/units`: so many of its units, after so many others. */
export const stagedPieceQuerySchema = pieceQuerySchema(STAGED_PIECE);
export type StagedPieceQuery = z.infer<typeof stagedPieceQuerySchema>;
export const stagedPieceSchema = stagedUnitsSchema.extend({
  /** How many there are of them. */
  of: count,
});
export type StagedPiece = z.infer<typeof stagedPieceSchema>;

export const stagedFiguresSchema = z.object({
  briefing: uuidSchema,
  /** Grows with each act. */
  version: count,
  shown: z
    .object({
      depth: stageDepthSchema,
      view: stageViewSchema,
      mark: stageMarkSchema.nullable(),
      /** SHA-256 of what was put there. */
      content: sha256Schema,
      picture: stagedPictureSchema,
      /** FG121: SHA-256 of the borders by which its map is drawn; left out: it is tiles. */
      ground: sha256Schema.optional(),
    })
    .nullable(),
});
export type StagedFigures = z.infer<typeof stagedFiguresSchema>;

/** What moved since it was told last; values take the place of those before. */
export const stagedMoveSchema = z.object({
  briefing: uuidSchema,
  version: count,
  mark: stageMarkSchema.nullable(),
  ...stagedPictureSchema.pick({ n: true, at: true, value: true, coverage: true, unweighed: true, oldest: true }).shape,
  /** FG141: null: none any more; left out: as before. */
  coming: stagedComingSchema.nullable().optional(),
  units: z.array(stagedUnitSchema),
  /** FG128: all of them, where that has changed. */
  before: stagedPictureSchema.shape.before,
  /** FG172: likewise. */
  unweighedIn: stagedPictureSchema.shape.unweighedIn,
  /** All of them in their order, where one of them moved. */
  beside: z
    .array(stagedBesideSchema.pick({ value: true, coverage: true, unweighed: true, oldest: true, coming: true }))
    .optional(),
});
export type StagedMove = z.infer<typeof stagedMoveSchema>;

const answer = z.object({ version: count });

export const figureStageActSchemas = {
  /** What is staged already is told as it stands. */
  'figures.show': {
    ask: z.strictObject({
      indicator: indicatorCodeSchema,
      /** FG75: in the order in which they stand there; each is of its newest period. */
      beside: z.array(indicatorCodeSchema).max(MOST_BESIDE).default([]),
      root: unitCodeSchema,
      depth: stageDepthSchema.default('provinces'),
      view: stageViewSchema.default('map'),
      /** The newest, unless it is named. */
      period: figurePeriodSchema.optional(),
      /** FG65: at depth communes, how many units everybody will see by name, as whoever shows them was told. */
      confirmed: count.optional(),
    }),
    answer,
  },
  /** What is pointed at is named, so that a press that comes late points at nothing that was shown afterwards. */
  'figures.mark': { ask: z.strictObject({ content: sha256Schema, mark: stageMarkSchema.nullable() }), answer },
  'figures.clear': { ask: z.strictObject({}), answer },
} as const;

export const figureStageNotices = {
  /** First after each connection while figures are staged, and when others are, or none any more. */
  'figures.staged': stagedFiguresSchema,
  /** FG66 */
  'figures.stagedMove': stagedMoveSchema,
} as const;
