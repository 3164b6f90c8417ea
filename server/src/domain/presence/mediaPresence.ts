import { participantAttributes } from '../../protocol/briefing.ts';
import { unitCodeSchema, unitPathSchema } from '../../protocol/organisation.ts';
import type { LineQuality } from '../../protocol/presence.ts';
import type { Stage, StageEvents, StageParticipant } from '../shared/stage.ts';
import { isScreen } from '../shared/whoSeesWhom.ts';
import type { Presence, Sighting } from './Presence.ts';

/**
 * Carries what the live rooms tell into presence, and the line of each device to whoever keeps the floor.
 * @returns stops it: what closing rooms say is no news about anybody
 */
export function trackMediaPresence(
  stage: Stage,
  presence: Presence,
  line: (briefing: string, identity: string, line: 'lost' | 'back') => unknown,
): () => void {
  /** Which participant speaks for a device: the farewell of one that was replaced says nothing about the device. */
  const current = new Map<string, string>();
  const key = ({ room, identity }: StageParticipant) => `${room}/${identity}`;
  const isCurrent = (participant: StageParticipant) => current.get(key(participant)) === participant.sid;

  const onActive = (participant: StageParticipant) => {
    if (isScreen(roleOf(participant))) return;
    current.set(key(participant), participant.sid);
    presence.media(sightingOf(participant), 'good');
    line(participant.room, participant.identity, 'back');
  };
  const onBack = (participant: StageParticipant) => {
    if (!isCurrent(participant)) return;
    presence.media(sightingOf(participant), 'good');
    line(participant.room, participant.identity, 'back');
  };
  const onLost = (participant: StageParticipant) => {
    if (!isCurrent(participant)) return;
    presence.media(sightingOf(participant), 'lost');
    line(participant.room, participant.identity, 'lost');
  };
  const onLeft = (participant: StageParticipant) => {
    if (!isCurrent(participant)) return;
    current.delete(key(participant));
    presence.media(sightingOf(participant), 'off');
    line(participant.room, participant.identity, 'lost');
  };
  const onQuality = (participant: StageEvents['quality'][0]) => {
    if (!isCurrent(participant) || participant.quality === 'lost') return;
    presence.quality(participant.room, participant.identity, participant.quality === 'poor' ? 'weak' : 'good');
  };
  stage
    .on('active', onActive)
    .on('lineBack', onBack)
    .on('lineLost', onLost)
    .on('left', onLeft)
    .on('quality', onQuality);
  return () => {
    stage.off('active', onActive).off('lineBack', onBack).off('lineLost', onLost).off('left', onLeft);
    stage.off('quality', onQuality);
  };
}

/** Who is connected already, for a board that is opened while its room goes on. */
export const present = (stage: Stage, room: string): (Sighting & { line: LineQuality })[] =>
  stage
    .participants(room)
    .filter((p) => p.active && !isScreen(roleOf(p)))
    .map((p) => ({ ...sightingOf(p), line: p.quality === 'poor' ? 'weak' : 'good' }));

/** SN4: a screen is nobody who could be present. */
const roleOf = ({ attributes }: StageParticipant): string => attributes[participantAttributes.role] ?? '';

/** What a foreign token says of itself is looked at: one that is no unit must not stop the record of the others. */
function sightingOf({ room, identity, attributes }: StageParticipant): Sighting {
  const unit = unitCodeSchema.safeParse(attributes[participantAttributes.unit]).data ?? '';
  const path = unitPathSchema.safeParse(attributes[participantAttributes.path]).data ?? unit;
  return { briefing: room, identity, unit, path };
}
