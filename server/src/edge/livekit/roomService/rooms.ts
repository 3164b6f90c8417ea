import {
  CreateRoomRequest,
  DeleteRoomRequest,
  DeleteRoomResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  Room,
  UpdateRoomMetadataRequest,
} from '@livekit/protocol';
import { MAX_METADATA_LENGTH, MAX_NAME_LENGTH } from '../limits.ts';
import { isSaid, UNSEEN } from '../said.ts';
import { adminOf, everywhere, method, roomOf, whereItIs } from './method.ts';
import { refused } from './twirp.ts';

export const roomMethods = {
  /** An existing room is given back as it is. */
  CreateRoom: method(
    CreateRoomRequest,
    (grant) => grant.roomCreate,
    ({ name, emptyTimeout, departureTimeout, maxParticipants, metadata }, { rooms }) => {
      if (name === '' || name.length > MAX_NAME_LENGTH) throw refused('invalid_argument', 'the room needs a name');
      if (metadata.length > MAX_METADATA_LENGTH) throw refused('invalid_argument', 'the metadata is too large');
      if (!isSaid({ name, metadata })) throw refused('invalid_argument', UNSEEN);
      if (rooms.draining) throw refused('unavailable', 'the node is draining');
      const timeouts = { ...(emptyTimeout && { emptyTimeout }), ...(departureTimeout && { departureTimeout }) };
      return rooms.create(name, { ...timeouts, maxParticipants, metadata }).info;
    },
  ),

  ListRooms: method(
    ListRoomsRequest,
    (grant) => grant.roomList,
    // EN6, KY2: rooms of briefings, and of other programs, are not theirs to know of.
    ({ names }, { rooms, touches }) =>
      new ListRoomsResponse({
        rooms: rooms
          .list(names)
          .filter((room) => room.policy.kind !== 'stage' && touches(room.name))
          .map((room) => room.info),
      }),
    // Each tells of a room what it has on all nodes.
    everywhere(ListRoomsResponse, (answers, { touches }) => {
      const rooms = new Map(
        answers
          .flatMap((answer) => answer.rooms)
          .filter(({ name }) => touches(name))
          .toReversed()
          .map((room) => [room.name, room]),
      );
      return new ListRoomsResponse({ rooms: [...rooms.values()].toReversed() });
    }),
  ),

  DeleteRoom: method(
    DeleteRoomRequest,
    (grant) => grant.roomCreate,
    ({ room }, { rooms }) => {
      if (!rooms.delete(room)) throw refused('not_found', 'requested room does not exist');
      return new DeleteRoomResponse();
    },
    everywhere(DeleteRoomResponse),
  ),

  UpdateRoomMetadata: method(
    UpdateRoomMetadataRequest,
    adminOf,
    (request, context) => {
      if (request.metadata.length > MAX_METADATA_LENGTH) throw refused('invalid_argument', 'the metadata is too large');
      if (!isSaid({ metadata: request.metadata })) throw refused('invalid_argument', UNSEEN);
      const room = roomOf(context, request);
      room.setMetadata(request.metadata);
      return room.info;
    },
    whereItIs(Room),
  ),
};
