import type { AgendaItem } from '../../protocol/briefing.ts';
import type { ChosenItem } from '../programme/ports.ts';

/** One choice of the item that runs; null: none does any more. */
export interface ItemAct {
  readonly at: string;
  readonly item: ChosenItem | null;
}

/** An item, for as long as it ran. */
export interface ItemTime {
  readonly item: ChosenItem;
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
}

/**
 * MN11: which item ran from when to when, in that order; each time by itself. Pure.
 * @param end of the briefing: nothing runs longer
 */
export function itemTimesOf(acts: readonly ItemAct[], end: string): ItemTime[] {
  return acts.flatMap(({ at, item }, i) => {
    if (!item) return [];
    const next = acts[i + 1]?.at ?? end;
    const to = Date.parse(next) < Date.parse(end) ? next : end;
    return [{ item, from: at, to, seconds: Math.max(0, Math.round((Date.parse(to) - Date.parse(at)) / 1000)) }];
  });
}

/** MN11: items of the agenda as it was in the end that never ran, wherever they stood when others did. Pure. */
export function itemsNotRun(agenda: readonly AgendaItem[], times: readonly ItemTime[]): AgendaItem[] {
  const moved = (nr: number, title: string): boolean => agenda[nr - 1]?.title !== title;
  return agenda.filter(
    ({ title }, i) =>
      !times.some(({ item }) => item.title === title && (item.nr === i + 1 || moved(item.nr, item.title))),
  );
}
