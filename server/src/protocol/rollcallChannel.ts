import { z } from 'zod';
import { MOST_ROWS, USUAL_ROWS } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import {
  answerSchema,
  enteredSchema,
  enterSchema,
  entrySchema,
  entryStateSchema,
  openRoundSchema,
  roundSchema,
  roundTickSchema,
  toldStateSchema,
} from './rollcall.ts';
import { expectedNumberSchema, numbersQuerySchema, numbersSchema, numbersTickSchema } from './rollcallNumber.ts';
import { ROUND_SECONDS } from './roundTimes.ts';
import { uuidSchema } from './uuid.ts';

/** Entries under `root`, filtered, in path order; `after` pages on. */
export const entryQuerySchema = z.strictObject({
  round: uuidSchema,
  root: unitCodeSchema,
  states: z.array(entryStateSchema).min(1).max(entryStateSchema.options.length).optional(),
  after: unitPathSchema.optional(),
  limit: z.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const entryPageSchema = z.object({
  entries: z.array(entrySchema.extend({ unitName: z.string() })),
  total: z.number().int(),
  next: unitPathSchema.nullable(),
});
export type EntryPage = z.infer<typeof entryPageSchema>;

/**
 * The wall: every entry of the territory in one compact answer, `[unit, state]` in path order, and with `since` only
 * those that changed after that sequence number. `seq` grows with each recorded entry of the round.
 */
export const wallQuerySchema = z.strictObject({ round: uuidSchema, since: z.number().int().min(0).optional() });
export const wallSchema = z.object({
  round: uuidSchema,
  seq: z.number().int(),
  /** RC27: `away` as a third where the unit itself says that it is absent. */
  entries: z.array(
    z.union([
      z.tuple([unitCodeSchema, toldStateSchema]),
      z.tuple([unitCodeSchema, toldStateSchema, z.literal('away')]),
    ]),
  ),
});
export type Wall = z.infer<typeof wallSchema>;

/**
 * First after each connection: the rounds of the briefing that concern this device, newest last; a seat gets its own
 * entries with them.
 */
export const roundsSchema = z.object({
  briefing: uuidSchema,
  rounds: z.array(roundSchema),
  entries: z.array(entrySchema),
});

const round = uuidSchema;

/** Rounds and their entries on the order channel. */
export const rollcallActSchemas = {
  'round.open': { ask: openRoundSchema, answer: roundSchema },
  /** A later deadline; late answers are taken as much longer. The same key again moves nothing (RC4). */
  'round.extend': {
    ask: z.strictObject({
      key: uuidSchema,
      round,
      seconds: z.number().int().min(ROUND_SECONDS.least).max(ROUND_SECONDS.most),
    }),
    answer: roundSchema,
  },
  'round.close': { ask: z.strictObject({ key: uuidSchema, round }), answer: roundSchema },
  /** Asks again in a new round: everybody, or those that did not answer. */
  'round.reopen': {
    ask: z.strictObject({
      key: uuidSchema,
      round,
      whom: z.enum(['all', 'missing']).default('missing'),
      seconds: z.number().int().min(ROUND_SECONDS.least).max(ROUND_SECONDS.most),
    }),
    answer: roundSchema,
  },
  'round.answer': { ask: answerSchema, answer: enteredSchema },
  'round.enter': { ask: enterSchema, answer: enteredSchema },
  'round.entries': { ask: entryQuerySchema, answer: entryPageSchema },
  'round.wall': { ask: wallQuerySchema, answer: wallSchema },
  'round.numbers': { ask: numbersQuerySchema, answer: numbersSchema },
  'round.expected': { ask: z.strictObject({ round }), answer: expectedNumberSchema },
} as const;

export const rollcallNotices = {
  rounds: roundsSchema,
  /** The prompt, and each change of a round; `again` when those that have not answered are asked once more. */
  round: z.object({ round: roundSchema, again: z.boolean() }),
  /** An entry of the device's own unit changed, whoever did it. */
  'round.entry': entrySchema,
  'round.tick': roundTickSchema,
  /** FG32: sums of a round that asks for a number, to officials. */
  'round.sums': numbersTickSchema,
} as const;
