import { z } from 'zod';
import { LONGEST_LIST_NAME, LONGEST_NAME, LONGEST_REMARK, LONGEST_TIER, MOST_SUBTREES } from './limits.ts';
import { name } from './name.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import { askedNumberSchema, askedStepsSchema, askNumberSchema, givenNumberSchema } from './rollcallNumber.ts';
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
  /** Two digits for the stage; null without that proof, and from the deadline on. */
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
 * official: an official wrote down what they were told by telephone. excused: an official excused it. unconfirmed: with
 * proof `official`, its own answer stands on record, and nobody has confirmed it. away: the unit itself says that it is
 * absent, and why (RC25). absent: the deadline passed (round due) or the round closed without it.
 */
export const entryStateSchema = z.enum([
  'called',
  'answered',
  'late',
  'substituted',
  'official',
  'excused',
  'unconfirmed',
  'away',
  'absent',
]);
export type EntryState = z.infer<typeof entryStateSchema>;

/** RC27: the states that every page knows. `away` is told as `absent`, with a mark beside it. */
export const toldStateSchema = entryStateSchema.exclude(['away']);
export type ToldState = z.infer<typeof toldStateSchema>;

export const entrySchema = z.object({
  round: uuidSchema,
  unit: unitCodeSchema,
  path: unitPathSchema,
  state: toldStateSchema,
  /** RC27: the unit itself says that it is absent; why is its `note`. */
  away: z.literal(true).optional(),
  /** RC28: beside `away`: it came after the deadline. */
  late: z.literal(true).optional(),
  /** Of the answer or of the official's act, by the database's clock. */
  at: z.iso.datetime().nullable(),
  answerer: answererSchema.nullable(),
  /** Name that was given with the answer. */
  name: z.string().nullable(),
  /** Account that answered, excused or wrote it down. */
  by: z.string().nullable(),
  /** Why it is excused or says that it is absent, or what the official noted. */
  note: z.string().nullable(),
  /** With proof `official`: the unit's own last answer is not confirmed yet; the state is that of the one before, if there is one. */
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

/** Asked units below one unit, or that unit itself, by state of their entries: those of `toldStateSchema` add up to `expected`. */
export const roundCountSchema = z.object({
  unit: unitCodeSchema,
  expected: z.number().int(),
  called: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  substituted: z.number().int(),
  official: z.number().int(),
  excused: z.number().int(),
  unconfirmed: z.number().int(),
  absent: z.number().int(),
  /** RC27: how many of `absent` say so themselves. A node of a version that does not know it leaves it out. */
  away: z.number().int().optional(),
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
  /** Who answers that the unit is present; without `absence`. */
  answerer: answererSchema.optional(),
  /** RC25: that the unit is absent, and why; without `answerer`. */
  absence: text(LONGEST_REMARK).optional(),
  name: name(LONGEST_NAME).optional(),
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
  name: name(LONGEST_NAME).optional(),
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
