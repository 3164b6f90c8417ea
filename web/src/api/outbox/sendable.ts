import {
  answerSchema,
  askedSchema,
  askQuestionSchema,
  enteredSchema,
  type FigureEntered,
  type FigureEntry,
  followActSchema,
  followedSchema,
  uuidSchema,
} from '@dieu-hanh/server/protocol';
import { z } from 'zod';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/**
 * What may wait in the outbox: what is sent, and what comes back when it was recorded. The payload's own key is the
 * entry's.
 */
export const sendable = {
  /** Over the order channel of that briefing. */
  'round.answer': { payload: z.object({ briefing: uuidSchema, ask: answerSchema }), answer: enteredSchema },
  /** Likewise. */
  'question.ask': { payload: z.object({ briefing: uuidSchema, ask: askQuestionSchema }), answer: askedSchema },
  /** `POST /api/directives/{directive}/acts`. */
  'directive.act': { payload: z.object({ directive: uuidSchema, ask: followActSchema }), answer: followedSchema },
  /** `POST /api/figures/entries`. Who carries them, later than the page, parses them too. */
  'figure.enter': { payload: z.custom<{ ask: FigureEntry }>(isObject), answer: z.custom<FigureEntered>(isObject) },
} as const;

export type Via = keyof typeof sendable;
export type Payload<V extends Via> = z.output<(typeof sendable)[V]['payload']>;
export type Answer<V extends Via> = z.output<(typeof sendable)[V]['answer']>;
