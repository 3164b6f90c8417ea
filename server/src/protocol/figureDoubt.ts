import { z } from 'zod';
import { inBoth } from './figureDefinition.ts';
import { LONGEST_REASON } from './limits.ts';

/**
 * FG14, FG15: why a value is held. band: outside the soft limits. falls: below what was reached. jump: many times the one
 * before, or a small part of it. unusual: far from what its unit has in other periods. over-whole: more than that of which it
 * is a part; under-part: less than a part of it. many, gone: with its whole batch, since too much of it would be held, or
 * units are missing that are usually in it.
 */
export const doubtReasonSchema = z.enum([
  ...['band', 'falls', 'over-whole', 'under-part', 'jump', 'unusual', 'many', 'gone'],
] as const);
export type DoubtReason = z.infer<typeof doubtReasonSchema>;

/** Why a value waits, as it is told whoever decides; null: it was held when it was asked for in a roll-call. */
export const doubtTold = {
  reason: doubtReasonSchema.nullable(),
  say: inBoth(LONGEST_REASON).nullable(),
};

/** What of a batch is held for one reason. */
export const heldForSchema = z.object({
  reason: doubtReasonSchema,
  rows: z.number().int(),
  /** Place of the first of these rows. */
  first: z.number().int(),
  say: inBoth(LONGEST_REASON),
});
export type HeldFor = z.infer<typeof heldForSchema>;
