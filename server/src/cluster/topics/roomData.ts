import { z } from 'zod';
import { uuidSchema } from '../../protocol/uuid.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

const room = z.string().max(2_000);
const numberSchema = z.int().positive();

/** ND9: data messages of participants and of RoomService, for those at other nodes. */
export const roomDataTopic = {
  name: 'roomData',
  schema: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('message'),
      room,
      /** Rises with each reliable one of this node; absent: it may be lost. */
      number: numberSchema.optional(),
      /** The one before it in the room; absent: there was none for a while. */
      since: numberSchema.optional(),
      /** LiveKit's DataPacket. */
      packet: z.base64(),
      /** Absent: it is the server's own. */
      sender: z.object({ identity: z.string(), sid: z.string() }).optional(),
      /** Identities and sids; absent: everybody. */
      named: z.array(z.string()).optional(),
      metrics: z.boolean(),
    }),
    /** The newest one of the room. */
    z.object({ kind: z.literal('upTo'), room, number: numberSchema }),
    /** What that node sent after this one did not come. */
    z.object({ kind: z.literal('again'), of: uuidSchema, room, after: numberSchema }),
    /** What came up to this one is kept no more. */
    z.object({ kind: z.literal('keptAfter'), room, number: numberSchema }),
  ]),
} satisfies TopicDefinition;

export type RoomDataMessage = z.output<typeof roomDataTopic.schema>;
