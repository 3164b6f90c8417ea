import { type ParticipantPermission, TrackSource } from '@livekit/protocol';
import type { StagePlace } from '../../domain/shared/stage.ts';
import type { RoomPlace } from './places.ts';

/** Go and Python name no source unless they are told to. */
const face = [TrackSource.UNKNOWN, TrackSource.CAMERA, TrackSource.MICROPHONE] as const;
/** SH1: a screen is shared from the stage alone; in the green room it would be seen before anybody looked at it. */
const sourcesOf: Readonly<Record<StagePlace, readonly TrackSource[]>> = {
  audience: face,
  green: face,
  stage: [...face, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO],
};

/**
 * What a participant may really do: in a briefing the floor decides about publishing, whatever the token says, and
 * nobody sends data, which would reach everybody beside the order channel and its rights.
 * @param below on the stage of a unit, where no screen is shown (TR4)
 */
export function effectivePermission(
  place: RoomPlace,
  granted: ParticipantPermission,
  below = false,
): ParticipantPermission {
  if (place === 'open') return granted;
  const permission = granted.clone();
  permission.canPublish = place !== 'audience';
  permission.canPublishData = false;
  // An empty list means everything.
  const { canPublishSources: named } = granted;
  const sources = below ? face : sourcesOf[place];
  const allowed = named.length === 0 ? sources : sources.filter((s) => named.includes(s));
  if (allowed.length > 0) permission.canPublishSources = [...allowed];
  else permission.canPublish = false;
  return permission;
}

export function mayPublish(permission: ParticipantPermission, source: TrackSource): boolean {
  if (!permission.canPublish) return false;
  const { canPublishSources } = permission;
  return canPublishSources.length === 0 || canPublishSources.includes(source);
}
