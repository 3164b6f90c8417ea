import type { ParticipantPermission } from '@livekit/protocol';
import type { StageOrder, StagePlace } from '../../domain/shared/stage.ts';
import { participantAttributes } from '../../protocol/briefing.ts';
import type { RoomPolicy, Standing } from './types.ts';

/** Where a participant stands; in open rooms everybody stands in the open. */
export type RoomPlace = StagePlace | 'open';
/** How a viewer gets a track: not at all, negotiated but paused until it goes on air (warm), or on air. */
export type Forwarding = 'none' | 'warm' | 'live';

/** Roles that see the green room. */
const officialRoles: ReadonlySet<string> = new Set(['principal', 'moderator']);

export function standingOf(attributes: Readonly<Record<string, string>>): Standing {
  return {
    path: attributes[participantAttributes.path] ?? '',
    official: officialRoles.has(attributes[participantAttributes.role] ?? ''),
  };
}

/** Whoever has no order in a briefing is audience. */
export function placeOf(policy: RoomPolicy, order: StageOrder | undefined): RoomPlace {
  return policy.kind === 'open' ? 'open' : (order?.place ?? 'audience');
}

/** Whether others know that they are there. Audiences are invisible to each other. */
export function isPublic(place: RoomPlace, permission: ParticipantPermission): boolean {
  return place !== 'audience' && !permission.hidden;
}

/** How a viewer gets the tracks of a publisher, by where the publisher stands. */
export function forwardingOf(publisher: RoomPlace, viewer: Standing): Forwarding {
  switch (publisher) {
    case 'audience':
      return 'none';
    case 'green':
      return viewer.official ? 'live' : 'warm';
    default:
      return 'live';
  }
}
