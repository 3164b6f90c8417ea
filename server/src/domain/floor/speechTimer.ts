import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import { isInChair, leadsStage } from '../shared/whoSeesWhom.ts';
import { type FloorChange, speakerOf } from './FloorState.ts';
import type { Moment } from './ports.ts';
import { requireOpen, type Where } from './stageActs.ts';

/**
 * FL38: somebody else on the stage that the official is shown has so many minutes from now on; null: no time any more.
 * @throws DomainError `forbidden`, `not-connected`
 */
export function giveTime(
  moment: Moment,
  actor: Pick<Seat, 'identity' | 'role'>,
  { identity, minutes, stage }: { readonly identity: string; readonly minutes: number | null; readonly stage: Where },
): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  const isThere = speaker && speaker.place !== 'green' && speaker.stage === stage;
  if (!isThere && minutes === null) return [];
  if (!isThere) throw refuse('not-connected', 'this device is not on the stage that you are shown');
  if (identity === actor.identity) throw refuse('forbidden', 'nobody gives time to themselves');
  if (!isInChair(actor) && leadsStage(speaker.seat, stage ?? moment.briefing.stage))
    throw refuse('forbidden', 'a moderator gives no time to whoever leads the stage');
  const { timer, ...rest } = speaker;
  if (minutes !== null)
    return [{ kind: 'speaker', speaker: { ...rest, timer: { minutes, since: moment.now.toISOString() } } }];
  return timer ? [{ kind: 'speaker', speaker: rest }] : [];
}
