import { type DisconnectReason, ParticipantInfo, ParticipantInfo_State, Room as RoomInfo } from '@livekit/protocol';
import { participantAttributes } from '../../protocol/briefing.ts';
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

/**
 * What those may know who are not told of the unit's green room: tracks, so that the seat can be warm, under the sid
 * instead of the identity. Who it is comes with the stage, in an attribute: a client can't rename a participant.
 */
export function veiledInfo(p: Participant): ParticipantInfo {
  const info = participantInfo(p);
  info.identity = p.sid;
  if (p.place === 'stage') {
    info.attributes[participantAttributes.identity] = p.identity;
    return info;
  }
  const { sid, identity, state, version, isPublisher, kind } = info;
  // Names of tracks and streams are the client's own text.
  const tracks = info.tracks.map((track) => Object.assign(track.clone(), { name: '', stream: '' }));
  return new ParticipantInfo({ sid, identity, state, version, isPublisher, kind, tracks });
}

/** How others are told that they are gone, or no longer to be seen. */
export function gone(info: ParticipantInfo, disconnectReason: DisconnectReason): ParticipantInfo {
  const state = ParticipantInfo_State.DISCONNECTED;
  return Object.assign(info.clone(), { state, tracks: [], isPublisher: false, disconnectReason });
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
