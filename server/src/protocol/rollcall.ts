import { z } from 'zod';
import { reasonSchema } from './errors.ts';
import {
  ANSWERS_SHOWN,
  LONGEST_LIST_NAME,
  LONGEST_NAME,
  LONGEST_REMARK,
  LONGEST_TIER,
  MOST_ROWS,
  MOST_SUBTREES,
  USUAL_ROWS,
} from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import {
  askedNumberSchema,
  askedStepsSchema,
  askNumberSchema,
  expectedNumberSchema,
  givenNumberSchema,
  numbersQuerySchema,
  numbersSchema,
  numbersTickSchema,
} from './rollcallNumber.ts';
import { LATE_SECONDS, REPROMPT_SECONDS, ROUND_SECONDS } from './roundTimes.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/**
 * open: until the deadline. due: past it, answers are late. closed: none is taken any more, and no unit is in an
 * unknown state.
 */
export const roundStateSchema = z.enum(['open', 'due', 'closed']);
export type RoundState = z.infer<typeof roundStateSchema>;

/** Who speaks for the unit; a substitute says their name. */
export const answererSchema = z.enum(['chair', 'deputy', 'substitute']);
export type Answerer = z.infer<typeof answererSchema>;

/** tap: the answer is enough. challenge: with the two digits shown on the stage. official: an official confirms it. */
export const proofSchema = z.enum(['tap', 'challenge', 'official']);
export type Proof = z.infer<typeof proofSchema>;

/**
 * Satisfied when in each unit of `tier` at least `percent` of the expected units have answered (an excused unit is not
 * expected).
 */
export const quorumSchema = z.strictObject({
  tier: z.string().min(1).max(LONGEST_TIER),
  percent: z.number().int().min(1).max(100),
});
export type Quorum = z.infer<typeof quorumSchema>;

export const roundSchema = z.object({
  id: uuidSchema,
  briefing: uuidSchema,
  /** 1, 2, 3 … within the briefing. */
  nr: z.number().int(),
  question: z.string(),
  scope: z.array(unitPathSchema),
  /** Base units (UN6) in the scope that the briefing expects, frozen at opening. */
  expected: z.number().int(),
  state: roundStateSchema,
  openedAt: z.iso.datetime(),
  deadline: z.iso.datetime(),
  /** After the deadline, until when late answers are taken; then the round closes by itself. */
  lateUntil: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** Units that have not answered are prompted again this often; null: once. */
  repromptSeconds: z.number().int().nullable(),
  answerers: z.array(answererSchema).min(1),
  proof: proofSchema,
  /** Two digits for the stage; null without that proof, and when the round is closed. */
  challenge: z.string().nullable(),
  quorum: quorumSchema.nullable(),
  /** FG30: what number it asks for; undefined: none. */
  number: askedNumberSchema.optional(),
  /** FG67: the selection of units by a figure that it asks; undefined: it asks a scope. */
  selection: uuidSchema.optional(),
  /** The round that this one asks again. */
  reopens: uuidSchema.nullable(),
  /** Who opened it. */
  by: z.string(),
  /** Raised with each act on the round itself; a notice with a lower one is dropped. */
  version: z.number().int(),
});
export type Round = z.infer<typeof roundSchema>;

/**
 * called: asked, no answer yet. answered, late, substituted: the unit's own answer (late counts before substituted).
 * official: an official wrote down what they were told by telephone. excused: an official excused it. absent: the
 * deadline passed (round due) or the round closed without it.
 */
export const entryStateSchema = z.enum(['called', 'answered', 'late', 'substituted', 'official', 'excused', 'absent']);
export type EntryState = z.infer<typeof entryStateSchema>;

export const entrySchema = z.object({
  round: uuidSchema,
  unit: unitCodeSchema,
  path: unitPathSchema,
  state: entryStateSchema,
  /** Of the answer or of the official's act, by the database's clock. */
  at: z.iso.datetime().nullable(),
  answerer: answererSchema.nullable(),
  /** Name that was given with the answer. */
  name: z.string().nullable(),
  /** Account that answered, excused or wrote it down. */
  by: z.string().nullable(),
  /** Why it is excused, or what the official noted. */
  note: z.string().nullable(),
  /** With proof `official`: the unit's own last answer is not confirmed yet; the entry stays as it was without it. */
  unconfirmed: z.boolean(),
  /** FG30: undefined: it has said none, or nothing was asked for. */
  number: givenNumberSchema.optional(),
  /** When it was sent again, after a restore had lost it (RS3). */
  resubmittedAt: z.iso.datetime().optional(),
  /** Its own last answer, and the how manyth it is: more than the first are corrections (RC20). */
  own: z
    .object({
      nr: z.number().int(),
      at: z.iso.datetime(),
      account: uuidSchema,
      by: z.string(),
      answerer: answererSchema.nullable(),
      name: z.string().nullable(),
    })
    .nullable()
    // What an older page has kept does not say it.
    .optional(),
});
export type Entry = z.infer<typeof entrySchema>;

/** Asked units below one unit, or that unit itself, by state of their entries. */
export const roundCountSchema = z.object({
  unit: unitCodeSchema,
  expected: z.number().int(),
  called: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  substituted: z.number().int(),
  official: z.number().int(),
  excused: z.number().int(),
  absent: z.number().int(),
});
export type RoundCount = z.infer<typeof roundCountSchema>;

/**
 * To officials, at most 4 a second whatever the number of answers: the root of their territory, its children, and
 * deeper rows.
 */
export const roundTickSchema = z.object({
  briefing: uuidSchema,
  round: uuidSchema,
  at: z.iso.datetime(),
  /** true: all rows of the territory (RC15), forget what you had; false: only rows that changed. */
  full: z.boolean(),
  counts: z.array(roundCountSchema),
  /**
   * Of the units of its tier in their territory: whether all satisfy it, and which do not. undefined: none lies there,
   * or the round has no quorum rule.
   */
  quorum: z.object({ satisfied: z.boolean(), missing: z.array(unitCodeSchema) }).optional(),
});
export type RoundTick = z.infer<typeof roundTickSchema>;

/** `round.open`. */
export const openRoundSchema = z.strictObject({
  /** Of the caller's making; the same again answers the same round. */
  key: uuidSchema,
  question: text(LONGEST_REMARK),
  /** Subtrees, or a saved list by name; all of it within the caller's territory. Or the units of a selection there (FG67). */
  scope: z.union([
    z.array(unitCodeSchema).min(1).max(MOST_SUBTREES),
    z.strictObject({ list: z.string().min(1).max(LONGEST_LIST_NAME) }),
    z.strictObject({ selection: uuidSchema }),
  ]),
  /** From now to the deadline. */
  seconds: z.number().int().min(ROUND_SECONDS.least).max(ROUND_SECONDS.most),
  lateSeconds: z.number().int().min(0).max(LATE_SECONDS.most).default(LATE_SECONDS.usual),
  repromptSeconds: z
    .number()
    .int()
    .min(REPROMPT_SECONDS.least)
    .max(REPROMPT_SECONDS.most)
    .nullable()
    .default(REPROMPT_SECONDS.usual),
  answerers: z.array(answererSchema).min(1).max(3).default(['chair', 'deputy', 'substitute']),
  proof: proofSchema.default('tap'),
  quorum: quorumSchema.nullable().default(null),
  number: askNumberSchema.optional(),
});

/** `round.answer`, by any device of the unit. */
export const answerSchema = z.strictObject({
  round: uuidSchema,
  /** Of the device's making, kept until it is acknowledged; the same again answers the first receipt. */
  key: uuidSchema,
  answerer: answererSchema,
  name: text(LONGEST_NAME).optional(),
  challenge: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
  /** RC20: instead of the unit's own answer of that number, which must be its last. */
  corrects: z.number().int().min(1).optional(),
  /** FG30: the number that was asked for; left out: the unit has none. */
  number: askedStepsSchema.optional(),
});
export type AnswerAsk = z.infer<typeof answerSchema>;

/** `round.enter`, by an official for a unit of their territory. */
export const enterSchema = z.strictObject({
  round: uuidSchema,
  unit: unitCodeSchema,
  key: uuidSchema,
  /**
   * official: it answered by telephone. excused: it need not answer. confirm: its own answer is good. number: its number
   * is another, after the deadline and with the reason as `note`.
   */
  as: z.enum(['official', 'excused', 'confirm', 'number']),
  name: text(LONGEST_NAME).optional(),
  note: text(LONGEST_REMARK).optional(),
  /** With `confirm`: which of the unit's own answers was seen; another one since then is not confirmed unseen. */
  confirms: z.number().int().min(1).optional(),
  /** FG30: with `official` and `number`. */
  number: askedStepsSchema.optional(),
});
export type EnterAsk = z.infer<typeof enterSchema>;

/** What both answer. `first`: this one was recorded now; otherwise the receipt is that of the one which was. */
export const enteredSchema = z.object({
  entry: entrySchema,
  receipt: receiptSchema,
  first: z.boolean(),
  /** FG30: of the number that came with what the receipt is of. */
  number: z.object({ receipt: receiptSchema }).optional(),
});
export type Entered = z.infer<typeof enteredSchema>;

/** Entries under `root`, filtered, in path order; `after` pages on. */
export const entryQuerySchema = z.strictObject({
  round: uuidSchema,
  root: unitCodeSchema,
  states: z.array(entryStateSchema).min(1).max(7).optional(),
  after: unitPathSchema.optional(),
  limit: z.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const entryPageSchema = z.object({
  entries: z.array(entrySchema.extend({ unitName: z.string() })),
  total: z.number().int(),
  next: unitPathSchema.nullable(),
});
export type EntryPage = z.infer<typeof entryPageSchema>;

/** Everything that was recorded for a unit in a round, and what was refused (RC21, RC22). */
const recordedSchema = z.object({
  kind: z.enum(['answer', 'correction', 'official', 'excused', 'confirm', 'number']),
  at: z.iso.datetime(),
  late: z.boolean(),
  by: z.string(),
  answerer: answererSchema.nullable(),
  name: z.string().nullable(),
  note: z.string().nullable(),
  /** FG30: the number that came with it, and its own receipt, for whom the other one is. */
  number: z.object({ value: askedStepsSchema, held: z.boolean(), receipt: receiptSchema.nullable() }).optional(),
  /** When it was sent again, after a restore had lost it (RS3). */
  resubmittedAt: z.iso.datetime().optional(),
  /** null: it would show where an official's act came from, which is not the reader's to know. */
  receipt: receiptSchema.nullable(),
});
const refusalSchema = z.object({
  round: uuidSchema,
  reason: reasonSchema,
  /** The first and the last time that it came, and how often. */
  at: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  times: z.number().int(),
  corrects: z.boolean(),
  by: z.string(),
  answerer: answererSchema.nullable(),
  name: z.string().nullable(),
  /** Which device it was, and its address. */
  device: z.string(),
  address: z.string(),
});
/** `GET /api/rounds/{id}/acts`: what officials did with the round itself, oldest first (RC23). */
export const roundActsSchema = z.object({
  acts: z.array(
    z.object({
      act: z.enum(['open', 'extend', 'close']),
      at: z.iso.datetime(),
      /** null: nobody, since its time was over. */
      by: z.string().nullable(),
      receipt: receiptSchema,
    }),
  ),
});
export type RoundActs = z.infer<typeof roundActsSchema>;

/** `GET /api/rounds/{id}/history?unit=`: of one unit, oldest first; without `unit`, of the caller's. */
export const roundHistoryQuerySchema = z.object({ unit: unitCodeSchema.optional() });
export const roundHistorySchema = z.object({
  entry: entrySchema,
  records: z.array(recordedSchema),
  refused: z.array(refusalSchema),
});
export type RoundHistory = z.infer<typeof roundHistorySchema>;

/** `GET /api/answers`: the rounds that asked the caller's unit, newest first. @param before the `next` of the last page */
export const answersQuerySchema = z.object({
  before: uuidSchema.optional(),
  limit: z.coerce.number().int().min(1).max(ANSWERS_SHOWN).default(ANSWERS_SHOWN),
});
export const ownAnswersSchema = z.object({
  answers: z.array(
    z.object({
      /** Title of its briefing. */
      briefing: z.string(),
      round: roundSchema,
      entry: entrySchema,
      records: z.array(recordedSchema),
    }),
  ),
  /** On the first page: the newest of the unit, of any round. */
  refused: z.array(refusalSchema),
  next: uuidSchema.nullable(),
});
export type OwnAnswers = z.infer<typeof ownAnswersSchema>;

/**
 * `POST /api/rounds/{id}/answers`: what became of an answer that was not acknowledged, said once more. null: not on
 * record, and its round runs: it belongs to the order channel of its briefing. `GET …/answers/{key}` only looks.
 */
export const settleSchema = answerSchema.omit({ round: true });
export const settledSchema = z.object({ entered: enteredSchema.nullable() });

/**
 * The wall: every entry of the territory in one compact answer, `[unit, state]` in path order, and with `since` only
 * those that changed after that sequence number. `seq` grows with each recorded entry of the round.
 */
export const wallQuerySchema = z.strictObject({ round: uuidSchema, since: z.number().int().min(0).optional() });
export const wallSchema = z.object({
  round: uuidSchema,
  seq: z.number().int(),
  entries: z.array(z.tuple([unitCodeSchema, entryStateSchema])),
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
