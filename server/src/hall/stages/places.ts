import type { ParticipantPermission } from '@livekit/protocol';
import { type Forwarding, forwardingFrom, isAnnounced, isOfficial } from '../../domain/shared/sight.ts';
import type { StageOrder, StagePlace } from '../../domain/shared/stage.ts';
import { participantAttributes } from '../../protocol/briefing.ts';

/** `open` is plain LiveKit, where all see all; `stage` is a briefing, by the rules of sight. */
export type RoomPolicy = { readonly kind: 'open' } | { readonly kind: 'stage'; readonly stage: string };

/** What the token says of a participant on which a briefing decides (`participantAttributes`). */
export interface Standing {
  readonly path: string;
  /** Officials see the green room. */
  readonly official: boolean;
}

/** Where a participant stands; in open rooms everybody stands in the open. */
export type RoomPlace = StagePlace | 'open';

export function standingOf(attributes: Readonly<Record<string, string>>): Standing {
  return {
    path: attributes[participantAttributes.path] ?? '',
    official: isOfficial(attributes[participantAttributes.role] ?? ''),
  };
}

/** Whoever has no order in a briefing is audience. */
export function placeOf(policy: RoomPolicy, order: StageOrder | undefined): RoomPlace {
  return policy.kind === 'open' ? 'open' : (order?.place ?? 'audience');
}

/** Whether others know that they are there. Audiences are invisible to each other. */
export function isPublic(place: RoomPlace, permission: ParticipantPermission): boolean {
  return (place === 'open' || isAnnounced(place)) && !permission.hidden;
}

/** How a viewer gets the tracks of a publisher, by where the publisher stands. */
export function forwardingOf(publisher: RoomPlace, viewer: Standing): Forwarding {
  return publisher === 'open' ? 'live' : forwardingFrom(publisher, viewer.official ? 'official' : 'unit');
}
