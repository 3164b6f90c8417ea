import type { Briefing } from '../api/contract.ts';

const rank = ({ state }: Briefing): number => (state === 'live' ? 0 : 1);
const since = ({ liveAt, openedAt, scheduledAt }: Briefing): string => liveAt ?? openedAt ?? scheduledAt;

/** SN6: where a screen goes: what is live, else where the doors are open; the newest first. */
export function whereTo(briefings: readonly Briefing[]): Briefing | undefined {
  return briefings
    .filter(({ state }) => state === 'live' || state === 'open')
    .toSorted((a, b) => rank(a) - rank(b) || since(b).localeCompare(since(a)))[0];
}

/** What a screen says between briefings: the next one that is planned. */
export function nextOne(briefings: readonly Briefing[], now: number): Briefing | undefined {
  // One whose doors open late is still to come.
  return briefings
    .filter(({ state, scheduledAt }) => state === 'scheduled' && Date.parse(scheduledAt) > now - LATE_MS)
    .toSorted((a, b) => a.scheduledAt.localeCompare(b.scheduledAt))[0];
}
const LATE_MS = 2 * 3_600_000;
