import type { Speaker } from '../../protocol/floor.ts';

/** The person whom a briefing must not lose: a principal on its own stage, else whoever has stood there longest. */
export function leadSpeaker(speakers: readonly Speaker[]): Speaker | undefined {
  const onStage = speakers
    .filter(({ place, stage }) => place === 'stage' && stage === undefined)
    .toSorted((a, b) => a.since.localeCompare(b.since) || a.seat.identity.localeCompare(b.seat.identity));
  return onStage.find(({ seat }) => seat.role === 'principal') ?? onStage[0];
}
