import { z } from 'zod';
import { figurePeriodSchema, indicatorCodeSchema, sourceCodeSchema } from './figure.ts';
import { LONGEST_REASON, MOST_ACTED } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** FG20: a value as it was recorded, as whoever acts on it has it before them. */
export const figureValueSchema = z.strictObject({
  indicator: indicatorCodeSchema,
  unit: unitCodeSchema,
  period: figurePeriodSchema,
  source: sourceCodeSchema,
  revision: z.number().int().min(1),
});

export type FigureValue = z.infer<typeof figureValueSchema>;

/** FG14, FG16: what is done to values that are on record. */
export const figureActKindSchema = z.enum(['release', 'reject', 'contest', 'answer', 'withdraw']);

export type FigureActKind = z.infer<typeof figureActKindSchema>;

const said = { key: uuidSchema, reason: text(LONGEST_REASON).optional() };

/** `POST /api/figures/acts` */
export const figureActSchema = z.strictObject({
  ...said,
  act: figureActKindSchema,
  /** Values of one source; or what is still held of a batch in a territory. */
  of: z.union([
    z.strictObject({ values: z.array(figureValueSchema).min(1).max(MOST_ACTED) }),
    z.strictObject({ batch: z.number().int().min(1), root: unitCodeSchema }),
  ]),
});

export type FigureActAsk = z.infer<typeof figureActSchema>;

/** FG4: where it stands, and of how many values it was. */
export const figureActedSchema = z.object({ n: z.number().int(), values: z.number().int() });

export type FigureActed = z.infer<typeof figureActedSchema>;

const ownAct = {
  ask: z.strictObject({ ...said, value: figureValueSchema }),
  answer: figureActedSchema,
};

/** FG16: what units do with values of themselves. */
export const figureContestSchemas = { 'figure.contest': ownAct, 'figure.withdraw': ownAct } as const;
