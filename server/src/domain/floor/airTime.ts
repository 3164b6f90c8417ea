import type { AirTime } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { applyChanges, emptyFloor, type FloorChange, type FloorState } from './FloorState.ts';

/**
 * Whether anybody is on air: who is holding is not, nor who looks into the room of a unit (TR21), and a session of a unit
 * is none of the briefing's broadcast.
 */
export function isOnAir({ speakers, entered, stages }: Pick<FloorState, 'speakers' | 'entered' | 'stages'>): boolean {
  const isOpen = (stage: UnitPath) => stages.some(({ path }) => path === stage);
  const away = new Set(entered.flatMap((look) => (isOpen(look.stage) ? [look.identity] : [])));
  return speakers.some((s) => s.place === 'stage' && s.stage === undefined && !away.has(s.seat.identity));
}

/** From that moment on a card is shown in place of the stage, or none is. (PN15) */
export interface CardShown {
  readonly at: Date;
  readonly card: boolean;
}

/**
 * What the acts of a floor, and the cards that were shown meanwhile, make of the time on air. Pure. (FL20)
 * @param acts in their order
 * @param cards in their order
 */
export function airTimeOf(
  briefing: string,
  acts: readonly { readonly at: Date; readonly changes: readonly FloorChange[] }[],
  cards: readonly CardShown[] = [],
): AirTime {
  let floor = emptyFloor(briefing);
  let card = false;
  let since: Date | null = null;
  let beforeMs = 0;
  for (const event of [...acts, ...cards].toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const { at } = event;
    if ('card' in event) card = event.card;
    else floor = applyChanges(floor, event.changes);
    if ((isOnAir(floor) && !card) === (since !== null)) continue;
    // A clock that was set back takes nothing away.
    if (since) beforeMs += Math.max(0, at.getTime() - since.getTime());
    since = since ? null : at;
  }
  return { briefing, since: since?.toISOString() ?? null, beforeMs };
}
