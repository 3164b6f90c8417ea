import type { Briefing } from '../api/contract.ts';

/**
 * The briefing that comes after one: a room that is open, else the earliest that is still to come. One whose time has
 * passed and that nobody opened is not next. (BR11)
 * @param now milliseconds
 */
export function nextBriefing(briefings: readonly Briefing[], after: string, now: number): Briefing | undefined {
  const [next] = briefings
    .filter(
      ({ id, state, scheduledAt }) =>
        id !== after && (isOpen(state) || (state === 'scheduled' && Date.parse(scheduledAt) > now)),
    )
    .sort(
      (a, b) =>
        Number(isOpen(b.state)) - Number(isOpen(a.state)) || Date.parse(a.scheduledAt) - Date.parse(b.scheduledAt),
    );
  return next;
}

/** Whether there is a room to go into. */
export const isOpen = (state: Briefing['state']): boolean => state === 'open' || state === 'live';
