import { ParticipantInfo, Room as RoomInfo } from '@livekit/protocol';
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

export function roomInfo(room: Room): RoomInfo {
  const { sid, createdAt, metadata, emptyTimeout, departureTimeout, maxParticipants } = room.about;
  return new RoomInfo({
    sid,
    name: room.name,
    emptyTimeout,
    departureTimeout,
    maxParticipants,
    creationTime: BigInt(Math.floor(createdAt / 1000)),
    creationTimeMs: BigInt(createdAt),
    metadata,
    numParticipants: room.counted,
    numPublishers: room.publishers,
    enabledCodecs: [...room.codecs],
  });
}
