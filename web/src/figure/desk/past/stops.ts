import type { FigureStop } from '../../../api/contract.ts';
import { momentOfZoned } from '../../../i18n/zone.ts';

const DAY_MS = 86_400_000;

/** Where somebody has stopped: a moment, and the stop of it, since several may be of one moment. */
export interface Stopped {
  readonly at: string;
  readonly place: number;
  /** By a slider, which passes other stops on its way. */
  readonly isAlong?: boolean;
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

/** From the beginning of a day to its end, in the zone of the installation. @param day `2026-11-26` */
export function dayOf(day: string): { readonly from: string; readonly to: string } {
  const from = momentOfZoned(day);
  return { from: new Date(from).toISOString(), to: new Date(from + DAY_MS - 1).toISOString() };
}
