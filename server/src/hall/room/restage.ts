import { DisconnectReason, type ParticipantInfo } from '@livekit/protocol';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { Announced, Views } from '../tell/Listener.ts';
import type { Participant } from './Participant.ts';

/** TR2: a viewer is shown another stage from now on; `before` are those which they saw until now. */
export function restage(viewer: Participant, before: ReadonlySet<UnitPath>): void {
  if (viewer.left) return;
  const { room, outlet } = viewer;
  const { showing } = room;
  const now = [...showing.seenBy(viewer)].filter((p) => p.sid !== viewer.sid);
  const gone = [...showing.seenOn(before)].filter((p) => p.sid !== viewer.sid && !now.includes(p));
  const fresh = now.filter((p) => !before.has(showing.stageOf(p)));
  const told = [
    ...gone.map((p) => viewOf(viewer, p, p.views.gone(DisconnectReason.UNKNOWN_REASON))),
    ...fresh.map((p) => viewOf(viewer, p, p.views)),
  ];
  if (told.length > 0) outlet?.update(told);
  const heard = room.speakers.current(viewer);
  viewer.viewing.considerAll();
  const hears = room.speakers.current(viewer);
  const silent = heard.filter((s) => !hears.some(({ sid }) => sid === s.sid));
  const changes = [...silent.map((s) => ({ ...s, level: 0, active: false })), ...hears];
  if (changes.length > 0) outlet?.speakers(changes);
}

/** As much as this viewer may know of another. */
export const viewOf = (viewer: Participant, other: Announced<Participant>, views: Views): ParticipantInfo =>
  other.isKnownTo(viewer) ? views.known : views.veiled;
