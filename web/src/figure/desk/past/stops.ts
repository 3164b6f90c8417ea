import type { FigureStop } from '../../../api/contract.ts';

/** Where somebody has stopped: a moment, and the stop of it, since several may be of one moment. */
export interface Stopped {
  readonly at: string;
  readonly place: number;
}

/** Place of a moment among stops, the last being now: that of its stop; where that is not among them, the last before. */
export function placeOf(stops: readonly FigureStop[], stopped: Stopped | undefined): number {
  if (!stopped) return stops.length;
  if (stops[stopped.place]?.at === stopped.at) return stopped.place;
  return Math.max(
    0,
    stops.findLastIndex(({ at }) => at <= stopped.at),
  );
}

/** The next stop that is an act of somebody, and no batch; undefined: there is none on that side. */
export function actBeside(stops: readonly FigureStop[], from: number, step: 1 | -1): number | undefined {
  for (let place = from + step; place >= 0 && place < stops.length; place += step)
    if (stops[place]?.kind !== 'batch') return place;
  return undefined;
}

/** From the beginning of a day to its end, where this computer is. @param day `2026-11-26` */
export function dayOf(day: string): { readonly from: string; readonly to: string } {
  const [from, to] = [new Date(`${day}T00:00`), new Date(`${day}T00:00`)];
  to.setDate(to.getDate() + 1);
  return { from: from.toISOString(), to: new Date(to.getTime() - 1).toISOString() };
}
