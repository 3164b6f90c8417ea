import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

const end = z.object({
  ip: z.union([z.ipv4(), z.ipv6()]),
  port: z.int().min(1).max(65_535),
  /** CL22: closed in a `KeyBox`. */
  key: z.string().max(200),
});
const layers = z.int().min(0).max(8);
const sent = z.number().min(0);
const states = ['flowing', 'paused', 'gone'] as const;
const state = z.object({ pipe: uuidSchema, state: z.enum(states), sent, unanswered: z.boolean().optional() });
const pipes = z.array(uuidSchema).max(10_000).readonly();

/** CL21: a node wants a track that is published at the one that it asks. */
export const pullRequest = {
  name: 'pipe.pull',
  ask: z.object({ pipe: uuidSchema, sid: z.string().max(200), layers, relay: z.boolean(), end }),
  /** `rtpParameters` are examined by the media worker that gets them. */
  answer: z.object({ end, rtpParameters: z.record(z.string(), z.unknown()), paused: z.boolean() }).nullable(),
} satisfies RequestDefinition;

/** CL25: it has these still, and wants so much of them. */
export const renewRequest = {
  name: 'pipe.renew',
  ask: z
    .array(z.object({ pipe: uuidSchema, layers, picture: z.boolean().optional() }))
    .max(10_000)
    .readonly(),
  answer: z.array(state).readonly(),
} satisfies RequestDefinition;

/** Nobody takes these any more. */
export const dropRequest = { name: 'pipe.drop', ask: pipes, answer: z.null() } satisfies RequestDefinition;

/** CL24: to the node that receives. */
export const movedRequest = { name: 'pipe.moved', ask: state, answer: z.null() } satisfies RequestDefinition;
