import {
  ForwardParticipantRequest,
  ListParticipantsRequest,
  ListParticipantsResponse,
  MoveParticipantRequest,
  MuteRoomTrackRequest,
  MuteRoomTrackResponse,
  ParticipantInfo,
  RemoveParticipantResponse,
  RoomParticipantIdentity,
  UpdateParticipantRequest,
  UpdateSubscriptionsRequest,
  UpdateSubscriptionsResponse,
} from '@livekit/protocol';
import { MAX_ATTRIBUTES_LENGTH, MAX_METADATA_LENGTH, MAX_NAME_LENGTH } from '../limits.ts';
import { isSaid, UNSEEN } from '../said.ts';
import type { Grant } from '../tokens.ts';
import { adminOf, everywhere, method, participantOf, whereTheyAre } from './method.ts';
import { refused } from './twirp.ts';

const adminOfBoth = (grant: Grant, request: { room: string; destinationRoom: string }) =>
  adminOf(grant, request) && grant.destinationRoom === request.destinationRoom;
const notServed = (request: { room: string; destinationRoom: string }) => {
  if (request.room === request.destinationRoom)
    throw refused('invalid_argument', 'destination room cannot be the same as source room');
  throw refused('unimplemented', 'participants cannot be moved or forwarded between rooms');
};

export const participantMethods = {
  ListParticipants: method(
    ListParticipantsRequest,
    adminOf,
    ({ room }, { rooms }) => {
      const participants = [...(rooms.get(room)?.participants ?? [])].map((participant) => participant.info);
      return new ListParticipantsResponse({ participants });
    },
    everywhere(
      ListParticipantsResponse,
      (answers) => new ListParticipantsResponse({ participants: answers.flatMap(({ participants }) => participants) }),
    ),
  ),

  GetParticipant: method(
    RoomParticipantIdentity,
    adminOf,
    (request, context) => participantOf(context, request).info,
    whereTheyAre(ParticipantInfo),
  ),

  RemoveParticipant: method(
    RoomParticipantIdentity,
    adminOf,
    (request, context) => {
      const { room, identity } = participantOf(context, request);
      room.remove(identity);
      return new RemoveParticipantResponse();
    },
    whereTheyAre(RemoveParticipantResponse),
  ),

  /** Muting is the moderator's, unmuting the speaker's own: nobody's microphone is opened from afar. */
  MutePublishedTrack: method(
    MuteRoomTrackRequest,
    adminOf,
    async (request, context) => {
      const participant = participantOf(context, request);
      if (!participant.publications.has(request.trackSid)) throw refused('not_found', 'track does not exist');
      if (!request.muted) throw refused('failed_precondition', 'remote unmute not enabled');
      const publication = await participant.muteTrack(request.trackSid, true);
      if (!publication) throw refused('not_found', 'track does not exist');
      return new MuteRoomTrackResponse({ track: publication.info });
    },
    whereTheyAre(MuteRoomTrackResponse),
  ),

  /** Empty fields mean no change; a permission replaces the whole of what was granted before. */
  UpdateParticipant: method(
    UpdateParticipantRequest,
    adminOf,
    (request, context) => {
      const { metadata, name, attributes, permission } = request;
      const size = Object.entries(attributes).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
      if (metadata.length > MAX_METADATA_LENGTH || size > MAX_ATTRIBUTES_LENGTH || name.length > MAX_NAME_LENGTH)
        throw refused('invalid_argument', 'metadata, name or attributes are too large');
      if (!isSaid(request)) throw refused('invalid_argument', UNSEEN);
      const participant = participantOf(context, request);
      participant.change({
        name: name || undefined,
        metadata: metadata || undefined,
        attributes: size > 0 ? attributes : undefined,
        permission,
      });
      return participant.info;
    },
    whereTheyAre(ParticipantInfo),
  ),

  UpdateSubscriptions: method(
    UpdateSubscriptionsRequest,
    adminOf,
    (request, context) => {
      const { trackSids, participantTracks, subscribe } = request;
      const all = [...trackSids, ...participantTracks.flatMap((tracks) => tracks.trackSids)];
      participantOf(context, request).updateSubscriptions(all, subscribe);
      return new UpdateSubscriptionsResponse();
    },
    whereTheyAre(UpdateSubscriptionsResponse),
  ),

  ForwardParticipant: method(ForwardParticipantRequest, adminOfBoth, notServed),
  MoveParticipant: method(MoveParticipantRequest, adminOfBoth, notServed),
};
