import { z } from 'zod';
import { LONGEST_QUESTION, LONGEST_REMARK, LONGEST_WORDS, MOST_DECIDED, MOST_ROWS } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { personSchema } from './person.ts';
import { receiptSchema } from './record.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

const moment = z.iso.datetime();
const saidSchema = z.object({ at: moment, by: z.string() });

/**
 * Where a question stands. sent: nobody has decided on it, so its unit may still change it. passed: it lies on the desk
 * of that unit. chosen: it is to be answered.
 */
export const questionStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent') }),
  z.object({ kind: z.literal('passed'), to: unitPathSchema }),
  z.object({ kind: z.literal('chosen') }),
  /** On air at that time, or in writing, or both. */
  z.object({
    kind: z.literal('answered'),
    air: saidSchema.nullable(),
    written: saidSchema.extend({ words: z.string() }).nullable(),
  }),
  z.object({ kind: z.literal('declined'), why: z.string(), at: moment }),
  z.object({ kind: z.literal('withdrawn'), at: moment }),
]);
export type QuestionState = z.infer<typeof questionStateSchema>;

/** A question as its own unit reads it. One of the same matter as another stands where that one stands. */
export const ownQuestionSchema = z.object({
  id: uuidSchema,
  briefing: uuidSchema,
  /** Grows with each act on any question of the briefing; the newest is what counts. */
  seq: z.number().int(),
  text: z.string(),
  at: moment,
  /** Name of the unit on whose desk it lies; null: it is answered there, or nobody decides on it any more. */
  desk: z.string().nullable(),
  state: questionStateSchema,
  /** It was joined with others of the same matter. */
  joined: z.boolean(),
});
export type OwnQuestion = z.infer<typeof ownQuestionSchema>;

/** A question as officials of the territory read it. */
export const questionRowSchema = z.object({
  id: uuidSchema,
  /** Of its last act. */
  seq: z.number().int(),
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  /** District and province, nearest first. */
  within: z.string(),
  /** Who sat at the device. */
  person: personSchema.nullable(),
  text: z.string(),
  at: moment,
  desk: unitPathSchema,
  state: questionStateSchema,
  /** Of the same matter as this one, whose state counts. */
  into: uuidSchema.nullable(),
});
export type QuestionRow = z.infer<typeof questionRowSchema>;

/** An answered question as everybody in the briefing reads it. */
export const answeredQuestionSchema = z.object({
  id: uuidSchema,
  seq: z.number().int(),
  unit: unitCodeSchema,
  name: z.string(),
  within: z.string(),
  text: z.string(),
  air: saidSchema.nullable(),
  written: saidSchema.extend({ words: z.string() }).nullable(),
  /** How many more asked the same. */
  others: z.number().int(),
});
export type AnsweredQuestion = z.infer<typeof answeredQuestionSchema>;

/** `GET /api/briefings/{id}/questions/answered`, in the order in which they were answered. */
export const answeredListSchema = z.object({ questions: z.array(answeredQuestionSchema) });

/** The key of the first asking is the id of the question. */
export const askQuestionSchema = z.strictObject({
  key: uuidSchema,
  text: text(LONGEST_QUESTION),
  /** The open question of the unit whose text this takes the place of. */
  changes: uuidSchema.optional(),
});
export type AskQuestion = z.output<typeof askQuestionSchema>;

export const askedSchema = z.object({
  question: ownQuestionSchema,
  receipt: receiptSchema,
  /** false: it was on record already. */
  first: z.boolean(),
});
export type QuestionAsked = z.infer<typeof askedSchema>;

/** `GET /api/briefings/{id}/questions/acts/{key}`: what became of an asking. over: nothing more will come of it. */
export const settledQuestionSchema = z.object({ asked: askedSchema.nullable(), over: z.boolean() });

/** What an official decides on questions. */
export const decisionSchema = z.discriminatedUnion('act', [
  /** To the next tier; from the tier of the stage: it is to be answered. */
  z.strictObject({ act: z.literal('pass') }),
  z.strictObject({ act: z.literal('decline'), words: text(LONGEST_REMARK) }),
  /** Of the same matter as another. */
  z.strictObject({ act: z.literal('join'), into: uuidSchema }),
  /** Its answer begins on air, now. */
  z.strictObject({ act: z.literal('air') }),
  /** Once more: takes the place of what was written. */
  z.strictObject({ act: z.literal('write'), words: text(LONGEST_WORDS) }),
]);
export type Decision = z.output<typeof decisionSchema>;

/** `POST /api/briefings/{id}/questions/decisions`. All of them or none. The same key again decides nothing. */
export const decideQuestionsSchema = z.strictObject({
  key: uuidSchema,
  questions: z.array(uuidSchema).min(1).max(MOST_DECIDED),
  decision: decisionSchema,
});
export type DecideQuestions = z.output<typeof decideQuestionsSchema>;
export const decidedQuestionsSchema = z.object({ rows: z.array(questionRowSchema) });

/** `GET /api/briefings/{id}/questions`: rows of the caller's territory that changed after that number, in the order of their last act. */
export const questionQuerySchema = z.strictObject({
  since: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(MOST_ROWS),
});
export type QuestionQuery = z.output<typeof questionQuerySchema>;
export const questionPageSchema = z.object({ rows: z.array(questionRowSchema), more: z.boolean() });
export type QuestionPage = z.infer<typeof questionPageSchema>;

/** Of a territory. waiting: at or below it, undecided or passed up to it. up: passed on above it, or chosen. */
export const questionCountSchema = z.object({
  asked: z.number().int(),
  open: z.number().int(),
  chosen: z.number().int(),
  answered: z.number().int(),
  declined: z.number().int(),
});
export type QuestionCount = z.infer<typeof questionCountSchema>;

/** `GET /api/questions`: those of the caller's unit in all briefings, newest first. */
export const ownQuestionsSchema = z.object({
  questions: z.array(z.object({ briefing: z.string(), rehearsal: z.boolean(), question: ownQuestionSchema })),
});
export type OwnQuestions = z.infer<typeof ownQuestionsSchema>;

const briefing = uuidSchema;

/** Units act on the order channel; officials over HTTP, as they do when the briefing is over. */
export const questionActSchemas = {
  'question.ask': { ask: askQuestionSchema, answer: askedSchema },
  'question.withdraw': { ask: z.strictObject({ key: uuidSchema, question: uuidSchema }), answer: askedSchema },
} as const;

export const questionNotices = {
  /** First after each connection of a seat: its unit's questions in the briefing, and how many are answered. */
  questions: z.object({ briefing, own: z.array(ownQuestionSchema), answered: z.number().int() }),
  /** One of the device's own unit moved. */
  'question.own': ownQuestionSchema,
  /** To officials, aggregated: something of their territory moved, up to this number. */
  'question.tick': z.object({ briefing, seq: z.number().int(), count: questionCountSchema }),
  /** To everybody: an answer was begun, or written. */
  'question.answered': z.object({ briefing, question: answeredQuestionSchema, answered: z.number().int() }),
} as const;
