import type { DisconnectReason, ParticipantInfo_Kind, ParticipantPermission } from '@livekit/protocol';
import type { DataChannelKind } from '../../../media/sfu/types.ts';

/** What routing needs to know of a participant; the hall's participants have it. */
export interface DataParticipant {
  readonly sid: string;
  readonly identity: string;
  readonly kind: ParticipantInfo_Kind;
  readonly permission: Pick<ParticipantPermission, 'canPublishData' | 'canSubscribeMetrics' | 'agent'>;
  /** Milliseconds since the epoch: what was sent before is not for them. */
  readonly joinedAt: number;
  readonly room: DataRoom;
  readonly dataIsOpen: boolean;
  /** False when a reliable message could not be taken, as the line is too slow for all that waits. */
  sendData(kind: DataChannelKind, payload: Uint8Array): boolean;
  leave(reason: DisconnectReason, action: 'reconnect'): void;
}

export interface DataRoom {
  readonly name: string;
  readonly participants: Iterable<DataParticipant>;
  get(identity: string): DataParticipant | undefined;
}

/** For whom a message is: everybody but its sender, or those named. */
export interface Recipients {
  /** Undefined for messages that come from no participant. */
  readonly sender: Pick<DataParticipant, 'sid'> | undefined;
  /** Identities and sids; undefined = everybody else. */
  readonly named: ReadonlySet<string> | undefined;
  /** `metrics` goes only to those who may see it. */
  readonly metrics: boolean;
}

export function isFor({ sender, named, metrics }: Recipients, participant: DataParticipant): boolean {
  if (participant.sid === sender?.sid) return false;
  if (metrics && !participant.permission.canSubscribeMetrics) return false;
  return named === undefined || named.has(participant.identity) || named.has(participant.sid);
}
