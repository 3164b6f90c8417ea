import type { ParticipantPermission } from '@livekit/protocol';
import type { StageOrder, StagePlace } from '../../domain/shared/stage.ts';
import type { StageMap, StageRelation } from '../../domain/shared/stages.ts';
import {
  type Forwarding,
  forwardingFrom,
  isAnnounced,
  isNamed,
  isOfficial,
  isScreen,
  type Owned,
  type Sight,
} from '../../domain/shared/whoSeesWhom.ts';
import { participantAttributes } from '../../protocol/briefing.ts';

/** `open` is plain LiveKit, where all see all; `stage` is a briefing, by the rules of sight. */
export type RoomPolicy = { readonly kind: 'open' } | { readonly kind: 'stage'; readonly stages: StageMap };

/** What the token says of a participant on which a briefing decides (`participantAttributes`). */
export interface Standing extends Owned {
  readonly sight: Sight;
}

/** Where a participant stands; in open rooms everybody stands in the open. */
export type RoomPlace = StagePlace | 'open';

export function standingOf(attributes: Readonly<Record<string, string>>): Standing {
  const path = attributes[participantAttributes.path] ?? '';
  const unit = attributes[participantAttributes.unit] ?? '';
  const role = attributes[participantAttributes.role] ?? '';
  const official = path !== '' && isOfficial(role);
  const own = isScreen(role) ? null : unit || null;
  return { path, unit, sight: official ? { of: 'official', territory: path } : { of: 'unit', unit: own } };
}

/** Whoever has no order in a briefing is audience. */
export function placeOf(policy: RoomPolicy, order: StageOrder | undefined): RoomPlace {
  return policy.kind === 'open' ? 'open' : (order?.place ?? 'audience');
}

const inOrder: readonly RoomPlace[] = ['audience', 'green', 'stage'];
/**
 * ND6: where a participant of another node stands, by this node's floor and by theirs: what one of them does not know yet
 * lets nobody see more. A room that is not yet a briefing here says nothing.
 */
export function strictest(here: RoomPlace, there: RoomPlace): RoomPlace {
  if (here === 'open') return there;
  if (there === 'open') return here;
  return inOrder[Math.min(inOrder.indexOf(here), inOrder.indexOf(there))] ?? 'audience';
}

/** Whether others know that they are there. Audiences are invisible to each other. */
export function isPublic(place: RoomPlace, permission: Pick<ParticipantPermission, 'hidden'>): boolean {
  return (place === 'open' || isAnnounced(place)) && !permission.hidden;
}

/** How a viewer gets the tracks of a publisher, by where the publisher stands. */
export function forwardingOf(
  place: RoomPlace,
  publisher: Standing,
  viewer: Standing,
  relation: StageRelation = 'main',
): Forwarding {
  return place === 'open' ? 'live' : forwardingFrom(place, publisher, viewer.sight, relation);
}

/** Whether a viewer is told a participant's own identity. */
export const isKnownTo = (place: RoomPlace, participant: Standing, viewer: Standing): boolean =>
  place === 'open' || isNamed(participant, viewer.sight);
