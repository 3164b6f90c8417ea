import type {
  DisconnectReason,
  ParticipantInfo,
  Room as RoomInfo,
  SubscriptionError,
  TrackInfo,
  VideoQuality,
} from '@livekit/protocol';
import type { ConnectionQuality } from '../../domain/shared/stage.ts';

/** What a client does when it is told to leave: stop, resume on a new socket, or join anew. */
export type LeaveAction = 'disconnect' | 'resume' | 'reconnect';

export interface ActiveSpeaker {
  readonly sid: string;
  /** 0..1, linear. */
  readonly level: number;
  readonly active: boolean;
}
export interface ConnectionReport {
  readonly participantSid: string;
  readonly quality: ConnectionQuality;
  /** 1 (worst) .. 5. */
  readonly score: number;
}
export interface StreamState {
  readonly participantSid: string;
  readonly trackSid: string;
  readonly paused: boolean;
}
export interface WantedQuality {
  readonly quality: VideoQuality;
  readonly enabled: boolean;
}

/**
 * How the hall speaks to one client. A signalling session of the edge implements it; a participant whose socket is gone
 * has none. No method waits or throws. A list that is shared by many receivers is the same object for all of them, so
 * that an implementation may serialise it once.
 */
export interface ParticipantOutlet {
  update(participants: readonly ParticipantInfo[]): void;
  offer(sdp: string, id: number, trackByMid: Readonly<Record<string, string>>): void;
  answer(sdp: string, id: number): void;
  trackPublished(cid: string, track: TrackInfo): void;
  trackUnpublished(trackSid: string): void;
  mute(trackSid: string, muted: boolean): void;
  /** Somebody receives this track of the client's for the first time. */
  trackSubscribed(trackSid: string): void;
  subscribedQualities(trackSid: string, codec: string, qualities: readonly WantedQuality[]): void;
  subscriptionPermission(participantSid: string, trackSid: string, allowed: boolean): void;
  subscriptionRefused(trackSid: string, error: SubscriptionError): void;
  speakers(speakers: readonly ActiveSpeaker[]): void;
  qualities(reports: readonly ConnectionReport[]): void;
  streamStates(states: readonly StreamState[]): void;
  roomUpdate(room: RoomInfo): void;
  /** The participant's rights or facts changed: send a token that holds the new ones. */
  refreshToken(): void;
  /** Sends `Leave` and closes the socket once it is flushed. */
  leave(reason: DisconnectReason, action: LeaveAction): void;
}
