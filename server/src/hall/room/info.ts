import { type DisconnectReason, ParticipantInfo, ParticipantInfo_State, Room as RoomInfo } from '@livekit/protocol';
import type { Participant } from './Participant.ts';
import type { Room } from './Room.ts';

/** All that others may know of a participant, as of now. */
export function participantInfo(p: Participant): ParticipantInfo {
  const tracks = [...p.publications.values()].map((publication) => publication.info);
  return new ParticipantInfo({
    sid: p.sid,
    identity: p.identity,
    state: p.state,
    tracks,
    metadata: p.metadata,
    name: p.name,
    attributes: { ...p.attributes },
    version: p.version,
    permission: p.permission,
    joinedAt: BigInt(Math.floor(p.joinedAt / 1000)),
    joinedAtMs: BigInt(p.joinedAt),
    isPublisher: tracks.length > 0,
    kind: p.kind,
    clientProtocol: p.client.clientProtocol,
    capabilities: [...p.client.capabilities],
  });
}

/** How others are told that they are gone, or no longer to be seen. */
export function goneInfo(p: Participant, disconnectReason: DisconnectReason): ParticipantInfo {
  const info = participantInfo(p);
  info.state = ParticipantInfo_State.DISCONNECTED;
  info.tracks = [];
  info.isPublisher = false;
  info.disconnectReason = disconnectReason;
  return info;
}

export function roomInfo(room: Room): RoomInfo {
  return new RoomInfo({
    sid: room.sid,
    name: room.name,
    emptyTimeout: room.settings.emptyTimeout,
    departureTimeout: room.settings.departureTimeout,
    maxParticipants: room.settings.maxParticipants,
    creationTime: BigInt(Math.floor(room.createdAt / 1000)),
    creationTimeMs: BigInt(room.createdAt),
    metadata: room.metadata,
    numParticipants: room.counted,
    numPublishers: room.publishers,
    enabledCodecs: [...room.codecs],
  });
}
