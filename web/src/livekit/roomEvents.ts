import { DisconnectReason, RoomEvent } from 'livekit-client';
import type { MediaState } from './types.ts';

/** Ends that asking again would not mend. */
export const final: Partial<Record<DisconnectReason, MediaState['ended']>> = {
  [DisconnectReason.PARTICIPANT_REMOVED]: 'removed',
  [DisconnectReason.ROOM_DELETED]: 'closed',
  [DisconnectReason.DUPLICATE_IDENTITY]: 'replaced',
};

/** The LiveKit events after which `people` may have changed. */
export const changes = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantAttributesChanged,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  // What is unsubscribed still has its track when that is told.
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackStreamStateChanged,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
] as const;
