import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

const nameSchema = z.string().max(2_000);
const sidSchema = z.string().max(100);
const countSchema = z.int().nonnegative();

/** The room itself; of two that were made at the same time, the one that was made first is it. */
const roomSchema = z.object({
  sid: sidSchema,
  /** Milliseconds since the epoch. */
  createdAt: countSchema,
  metadata: z.string(),
  /** A number as of joins: later metadata is what holds. */
  metadataAt: countSchema,
  emptyTimeout: countSchema,
  departureTimeout: countSchema,
  maxParticipants: countSchema,
});

/** One whom others see, as the node says it that has them. */
const personSchema = z.object({
  identity: nameSchema,
  sid: sidSchema,
  /** Orders the joins of an identity over all nodes. */
  join: z.int().positive(),
  place: z.enum(['open', 'audience', 'green', 'stage']),
  /** On which of the briefing's stages, by the path of its unit. */
  stage: z.string(),
  /** LiveKit's ParticipantInfo. */
  info: z.base64(),
  /** By track: its layers, as they are produced. */
  layers: z.array(z.tuple([sidSchema, z.int().positive()])),
  /** Whom they let have their tracks; undefined: everybody. */
  rules: z
    .array(
      z.object({
        participantSid: sidSchema,
        participantIdentity: nameSchema,
        allTracks: z.boolean(),
        trackSids: z.array(sidSchema),
      }),
    )
    .optional(),
});

/** How many are there for others, and how many of them publish. */
const countsSchema = z.tuple([countSchema, countSchema]);

/** How the lines of those are whom others see, by their sids. */
const linesSchema = z.array(
  z.object({ sid: sidSchema, quality: z.enum(['excellent', 'good', 'poor', 'lost']), score: z.number() }),
);

const whole = {
  room: nameSchema,
  /** Another with each message that changes who is seen, and never one that was there before. */
  version: countSchema,
  about: roomSchema,
  counts: countsSchema,
  people: z.array(personSchema),
};

/** ND1, ND2: what nodes tell each other of the rooms that they have. */
export const roomsTopic = {
  name: 'rooms',
  schema: z.discriminatedUnion('kind', [
    /** All of one room, in the place of all that was told before. */
    z.object({ kind: z.literal('whole'), ...whole, lines: linesSchema }),
    /** What changed. */
    z.object({
      kind: z.literal('changes'),
      ...whole,
      /** The version that it follows on; undefined: there was none. */
      since: countSchema.optional(),
      gone: z.array(z.object({ identity: nameSchema, join: z.int(), reason: z.int() })),
    }),
    /** Once a second at most, of those whom nobody sees: their number, and who came (ND5). */
    z.object({
      kind: z.literal('counts'),
      room: nameSchema,
      counts: countsSchema,
      came: z.array(z.tuple([nameSchema, z.int().positive()])),
    }),
    /** Of some of them. */
    z.object({ kind: z.literal('lines'), room: nameSchema, lines: linesSchema }),
    /** The room has ended here; `last`: nowhere else it was still there (ND8). */
    z.object({ kind: z.literal('over'), room: nameSchema, last: z.boolean() }),
    /** Every room of this node, with its version: whoever knows another one has missed something. */
    z.object({ kind: z.literal('digest'), rooms: z.array(z.tuple([nameSchema, countSchema, countsSchema])) }),
    /** What was missed of one node's rooms; of all nodes' and rooms where none is named. */
    z.object({ kind: z.literal('ask'), of: uuidSchema.optional(), rooms: z.array(nameSchema).optional() }),
  ]),
} satisfies TopicDefinition;

export type RoomsMessage = z.output<typeof roomsTopic.schema>;
export type RoomFacts = z.output<typeof roomSchema>;
export type LineFacts = z.output<typeof linesSchema>[number];
export type PersonFacts = z.output<typeof personSchema>;
