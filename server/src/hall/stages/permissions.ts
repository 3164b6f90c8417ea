import type { ParticipantPermission, TrackSource } from '@livekit/protocol';
import type { RoomPlace } from './places.ts';

/**
 * What a participant may really do: in a briefing the floor decides about publishing, whatever the token says; without
 * a place on the floor the right to send data is the token's own, not the one that follows from publishing.
 */
export function effectivePermission(place: RoomPlace, granted: ParticipantPermission): ParticipantPermission {
  if (place === 'open') return granted;
  const permission = granted.clone();
  permission.canPublish = place !== 'audience';
  if (place !== 'audience') permission.canPublishData = true;
  return permission;
}

export function mayPublish(permission: ParticipantPermission, source: TrackSource): boolean {
  if (!permission.canPublish) return false;
  const { canPublishSources } = permission;
  return canPublishSources.length === 0 || canPublishSources.includes(source);
}
