import { z } from 'zod';
import {
  callSchema,
  floorNotices,
  floorSchema,
  gatherSchema,
  handSchema,
  openStageSchema,
  seatSchema,
  speakerSchema,
} from '../../protocol/floor.ts';
import { unitPathSchema } from '../../protocol/organisation.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';
import type { RequestDefinition } from '../requests/nodeRequest.ts';

const identities = z.array(z.string()).readonly();

/** FL15: the floor after an act, whole, with the calls that the act began, answered or ended. */
export const floorTopic = {
  name: 'floor',
  schema: z.object({
    floor: floorSchema.omit({ stage: true, stages: true, backAt: true }).extend({
      speakers: z.array(speakerSchema).readonly(),
      hands: z.array(handSchema).readonly(),
      calls: z.array(callSchema).readonly(),
      muted: identities,
      /** FL36: a version before tells of none. */
      silenced: identities.default([]),
      removed: identities,
      stages: z.array(openStageSchema).readonly(),
      mains: z.array(z.object({ path: unitPathSchema, stage: unitPathSchema })).readonly(),
      gathers: z.array(gatherSchema).readonly(),
      entered: z.array(z.object({ identity: z.string(), stage: unitPathSchema })).readonly(),
    }),
    calls: z.array(callSchema).readonly(),
  }),
} satisfies TopicDefinition;

/** FL17: a device of the node sends too much. */
export const excessTopic = {
  name: 'excess',
  schema: floorNotices['seat.excess'].omit({ at: true }).extend({ path: unitPathSchema }),
} satisfies TopicDefinition;

/** SC2: whether a call would ring at a device of the unit that is at the node which is asked. */
export const ringableRequest = {
  name: 'ringable',
  ask: z.object({ briefing: uuidSchema, unit: z.string() }),
  answer: z.boolean(),
} satisfies RequestDefinition;

/** FL6: the seat of a device that is at the node which is asked. */
export const seatRequest = {
  name: 'seat',
  ask: z.object({ briefing: uuidSchema, identity: z.string() }),
  answer: seatSchema.nullable(),
} satisfies RequestDefinition;

/** CL42: which of these devices are at the node, and whether their media is up. */
export const devicesRequest = {
  name: 'devices',
  ask: z.object({ briefing: uuidSchema, identities }),
  answer: z.array(z.tuple([z.string(), z.enum(['media', 'channel'])])),
} satisfies RequestDefinition;
