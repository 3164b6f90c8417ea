import type { ParticipantPermission, TrackSource } from '@livekit/protocol';
import type { RoomPlace } from './places.ts';

/**
 * What a participant may really do: in a briefing the floor decides about publishing, whatever the token says, and
 * nobody sends data, which would reach everybody beside the order channel and its rights.
 */
export function effectivePermission(place: RoomPlace, granted: ParticipantPermission): ParticipantPermission {
  if (place === 'open') return granted;
  const permission = granted.clone();
  permission.canPublish = place !== 'audience';
  permission.canPublishData = false;
  return permission;
}

export function mayPublish(permission: ParticipantPermission, source: TrackSource): boolean {
  if (!permission.canPublish) return false;
  const { canPublishSources } = permission;
  return canPublishSources.length === 0 || canPublishSources.includes(source);
}
