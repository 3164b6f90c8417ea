import type { Message, MessageType } from '@bufbuild/protobuf';
import type { NodeRooms, Participant, Room, Rooms } from '../../../hall/index.ts';
import type { Callee, DataRouter } from '../data/index.ts';
import type { Grant } from '../tokens.ts';
import { refused } from './twirp.ts';

export interface RoomServiceContext {
  readonly rooms: Rooms;
  readonly data: DataRouter;
  /** The same rooms at other nodes; undefined: there are none beside this one. */
  readonly nodes?: NodeRooms | undefined;
  /** KY2: whether the caller's key has this room. */
  readonly touches: (room: string) => boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a message's own type parameter is itself.
type AnyMessage = Message<any>;

/** ND10: how a call is answered that other nodes may have to answer, too. */
interface OverNodes<Q, A extends AnyMessage> {
  readonly answer: MessageType<A>;
  /** Whether this node alone is asked. */
  readonly isHere: (request: Q, context: RoomServiceContext) => boolean;
  /** One that has done it has done it for all. */
  readonly byOne: boolean;
  /** @param answers of those that did not refuse it, this node first; at least one. Others do not know who has asked */
  readonly merge: (answers: readonly A[], context: Pick<RoomServiceContext, 'touches'>) => A;
}

/** One call of the service, with everything that differs from the others. */
export interface Method {
  readonly request: MessageType;
  /** Whether the token may do this to what the request names. */
  readonly allowed: (grant: Grant, request: never) => boolean;
  readonly handle: (request: never, context: RoomServiceContext) => Message | Promise<Message>;
  /** undefined: this node answers for all. */
  readonly over: OverNodes<never, AnyMessage> | undefined;
}

export function method<Q extends AnyMessage, A extends AnyMessage>(
  request: MessageType<Q>,
  allowed: (grant: Grant, request: Q) => boolean,
  handle: (request: Q, context: RoomServiceContext) => A | Promise<A>,
  over?: OverNodes<Q, A>,
): Method {
  return { request, allowed, handle, over } as unknown as Method;
}

const first = <A>([answer]: readonly A[]): A => answer as A;

/** It is about one participant, whose node does it. */
export const whereTheyAre = <A extends AnyMessage>(answer: MessageType<A>) => ({
  answer,
  isHere: (request: { room: string; identity: string }, { rooms }: RoomServiceContext) =>
    rooms.get(request.room)?.get(request.identity) !== undefined,
  byOne: true,
  merge: first<A>,
});
/** It is about the room: a node that has it does it for all. */
export const whereItIs = <A extends AnyMessage>(answer: MessageType<A>) => ({
  answer,
  isHere: ({ room }: { room: string }, { rooms }: RoomServiceContext) => rooms.get(room) !== undefined,
  byOne: true,
  merge: first<A>,
});
/** Each node does its part. */
export const everywhere = <A extends AnyMessage>(
  answer: MessageType<A>,
  merge: OverNodes<never, A>['merge'] = first,
) => ({
  answer,
  isHere: () => false,
  byOne: false,
  merge,
});

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

/** A room that data can be sent to, which this node may not have itself. */
export function dataRoomOf(context: RoomServiceContext, { room: name }: { room: string }): Callee['room'] {
  const here = context.rooms.get(name);
  if (here) return here;
  if (!context.nodes?.elsewhere.nodes(name).length) throw refused('not_found', 'requested room does not exist');
  return { name, participants: [], get: () => undefined };
}

/** One who can be called, at whatever node. */
export function calleeOf(context: RoomServiceContext, request: { room: string; identity: string }): Callee {
  const here = context.rooms.get(request.room)?.get(request.identity);
  const there = context.nodes?.elsewhere.person(request.room, request.identity);
  if (here) return here;
  if (!there) throw refused('not_found', 'participant does not exist');
  return { identity: there.identity, sid: there.sid, room: dataRoomOf(context, request) };
}
