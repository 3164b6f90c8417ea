import type { AgendaItem, RunningItem } from '../api/contract.ts';

/** Where in the agenda the running item stands, from 0; -1: nowhere, as when it was taken out meanwhile. */
export function placeIn(agenda: readonly AgendaItem[], item: RunningItem | null): number {
  if (!item) return -1;
  const same = ({ title, by }: AgendaItem): boolean => title === item.title && by === item.by;
  const there = agenda[item.nr - 1];
  return there && same(there) ? item.nr - 1 : agenda.findIndex(same);
}
