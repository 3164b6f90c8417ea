import type { AgendaItem } from '../api/contract.ts';

/**
 * When each item begins, as long as all before it say how long they take. @param startsAt as planned, ISO 8601
 * @returns undefined for an item of which that is not known
 */
export function agendaTimes(items: readonly AgendaItem[], startsAt: string): readonly (string | undefined)[] {
  let at: number | undefined = Date.parse(startsAt);
  return items.map(({ minutes }) => {
    const begins = at;
    at = at !== undefined && minutes !== undefined ? at + minutes * 60_000 : undefined;
    return begins === undefined ? undefined : new Date(begins).toISOString();
  });
}
