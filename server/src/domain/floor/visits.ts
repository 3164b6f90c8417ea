import { refuse } from '../../protocol/errors.ts';
import type { Seat, Speaker } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { isBelow } from '../shared/territory.ts';
import { type FloorChange, speakerOf } from './FloorState.ts';
import type { Moment } from './ports.ts';
import { callOf, placed, refuseRemoved, requireLive } from './stageActs.ts';

/**
 * TR14: an official stands on the open stage of a unit below their own; from another visit they go straight on.
 * @throws DomainError `bad-request`, `not-found`, `conflict`, `not-live`, `briefing-closed`, `forbidden`
 */
export function visitStage(moment: Moment, seat: Seat, path: UnitPath): FloorChange[] {
  requireLive(moment);
  refuseRemoved(moment, seat.identity);
  const { floor, briefing } = moment;
  if (!isBelow(path, seat.path)) throw refuse('bad-request', 'a visit is to the stage of a unit below one’s own');
  if (!floor.stages.some((s) => s.path === path)) throw refuse('not-found', 'this stage is not open');
  const speaker = speakerOf(floor, seat.identity);
  if (speaker && speaker.stage === path && speaker.place !== 'green') return [];
  if (speaker && callOf(moment, speaker)) throw refuse('conflict', 'this device has answered a call; end that first');
  return onVisit(placed(moment, seat, 'stage', null, path), homeOf(speaker, briefing.stage));
}

/** Where they stand when no visit is on; null: nowhere. */
function homeOf(speaker: Speaker | undefined, root: UnitPath): UnitPath | null {
  if (!speaker || speaker.place === 'green') return null;
  return speaker.home === undefined ? (speaker.stage ?? root) : speaker.home;
}

const onVisit = (changes: FloorChange[], home: UnitPath | null): FloorChange[] =>
  changes.map((change) =>
    change.kind === 'speaker' ? { kind: 'speaker', speaker: { ...change.speaker, home } } : change,
  );
