import type { z } from 'zod';
import type { Sender } from '../bus/envelope.ts';

/** What one node may ask of the others, and what they answer. */
export interface RequestDefinition<Q extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly ask: Q;
  readonly answer: A;
}

/** How a node answers a request of others. */
export interface NodeAnswer {
  readonly name: string;
  /** @throws what the question does not fit, and what the slice throws */
  readonly answer: (body: unknown, from: Sender) => Promise<unknown>;
}

/** Ties what a slice answers to the schema. */
export const nodeAnswer = <Q extends z.ZodType, A extends z.ZodType>(
  { name, ask, answer }: RequestDefinition<Q, A>,
  give: (question: z.output<Q>, from: Sender) => z.output<A> | Promise<z.output<A>>,
): NodeAnswer => ({
  name,
  answer: async (body, from) => answer.parse(await give(ask.parse(body), from)),
});
