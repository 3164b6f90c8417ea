import type { DisconnectReason, TrackInfo } from '@livekit/protocol';
import type { ConnectionQuality, Excess } from '../../domain/shared/stage.ts';
import type { DataChannelKind } from '../../media/sfu/types.ts';
import type { Participant } from './Participant.ts';
import type { Room } from './Room.ts';

/** What happens in the rooms of a node, in order for each room. Listeners must return at once. */
export interface RoomsEvents {
  roomStarted: [room: Room];
  roomFinished: [room: Room];
  /** ND8: the same once for all nodes, at one of them. */
  roomBegan: [room: Room];
  roomEnded: [room: Room];
  /** Media is connected (LiveKit ACTIVE), once for each sid. */
  active: [participant: Participant];
  /** `participant.wasActive` tells a departure from a connection that never came about. */
  left: [participant: Participant, reason: DisconnectReason];
  trackPublished: [participant: Participant, track: TrackInfo];
  trackUnpublished: [participant: Participant, track: TrackInfo];
  lineLost: [participant: Participant];
  lineBack: [participant: Participant];
  quality: [participant: Participant, quality: ConnectionQuality];
  /** In what they publish there is a voice, or no more. */
  speaking: [participant: Participant, speaking: boolean];
  /** More than the settings allow; what came of it happens beside this. */
  excess: [participant: Participant, what: Excess];
  /** A message came in on a data channel of the participant's; not yet checked in any way. */
  data: [participant: Participant, kind: DataChannelKind, payload: Uint8Array];
  /** From now on `participant.sendData` delivers. */
  dataOpen: [participant: Participant];
}
