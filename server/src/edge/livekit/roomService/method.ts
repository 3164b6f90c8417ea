import type { Message, MessageType } from '@bufbuild/protobuf';
import type { Participant, Room, Rooms } from '../../../hall/index.ts';
import type { DataRouter } from '../data/index.ts';
import type { Grant } from '../tokens.ts';
import { refused } from './twirp.ts';

export interface RoomServiceContext {
  readonly rooms: Rooms;
  readonly data: DataRouter;
  /** KY2: whether the caller's key has this room. */
  readonly touches: (room: string) => boolean;
}

/** One call of the service, with everything that differs from the others. */
export interface Method {
  readonly request: MessageType;
  /** Whether the token may do this to what the request names. */
  readonly allowed: (grant: Grant, request: never) => boolean;
  readonly handle: (request: never, context: RoomServiceContext) => Message | Promise<Message>;
}

// biome-ignore lint/suspicious/noExplicitAny: a message's own type parameter is itself.
type AnyMessage = Message<any>;
export function method<Q extends AnyMessage, A extends AnyMessage>(
  request: MessageType<Q>,
  allowed: (grant: Grant, request: Q) => boolean,
  handle: (request: Q, context: RoomServiceContext) => A | Promise<A>,
): Method {
  return { request, allowed, handle } as unknown as Method;
}

/** For calls about one room: the token must be its administrator's. */
export const adminOf = ({ roomAdmin, room }: Grant, request: { room: string }): boolean =>
  roomAdmin && room !== '' && room === request.room;

export function roomOf({ rooms }: RoomServiceContext, { room }: { room: string }): Room {
  const found = rooms.get(room);
  if (!found) throw refused('not_found', 'requested room does not exist');
  return found;
}

export function participantOf(context: RoomServiceContext, request: { room: string; identity: string }): Participant {
  const participant = context.rooms.get(request.room)?.get(request.identity);
  if (!participant) throw refused('not_found', 'participant does not exist');
  return participant;
}
