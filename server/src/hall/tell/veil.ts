import { type DisconnectReason, ParticipantInfo, ParticipantInfo_State } from '@livekit/protocol';
import { participantAttributes } from '../../protocol/briefing.ts';
import type { RoomPlace } from '../stages/places.ts';

/**
 * What those may know who are not told of the unit's green room: tracks, so that the seat can be warm, under the sid
 * instead of the identity. Who it is comes with the stage, in an attribute: a client can't rename a participant.
 */
export function veiled(known: ParticipantInfo, place: RoomPlace): ParticipantInfo {
  const info = known.clone();
  info.identity = known.sid;
  if (place === 'stage') {
    info.attributes[participantAttributes.identity] = known.identity;
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
