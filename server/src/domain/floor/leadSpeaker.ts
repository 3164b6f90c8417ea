import type { Speaker } from '../../protocol/floor.ts';
import type { FloorState } from './FloorState.ts';

/** The person whom a briefing must not lose: a principal on its own stage, else whoever has stood there longest. */
export function leadSpeaker({ speakers }: Pick<FloorState, 'speakers'>): Speaker | undefined {
  const onStage = speakers
    .filter(({ place, stage }) => place === 'stage' && stage === undefined)
    .toSorted((a, b) => a.since.localeCompare(b.since) || a.seat.identity.localeCompare(b.seat.identity));
  return onStage.find(({ seat }) => seat.role === 'principal') ?? onStage[0];
}
