import { type FigureFrame, within } from '../../api/contract.ts';
import { stateAt } from './mapPlaces.ts';

/** At either end. */
const MOST = 5;

/**
 * The units of a place with the highest and the lowest values that count (FG11: a stale one does not), as places in the
 * frame. Of few units none is at both ends.
 */
export function extremesOf(frame: FigureFrame, place: string) {
  const cells: number[] = [];
  frame.values.forEach((value, i) => {
    const state = stateAt(frame, i);
    if (value !== null && state !== 'stale' && state !== 'none' && within(frame.units[i] ?? '', place)) cells.push(i);
  });
  const of = (i: number): number => frame.values[i] as number;
  cells.sort((a, b) => of(b) - of(a) || a - b);
  const most = Math.min(MOST, Math.ceil(cells.length / 2));
  return { high: cells.slice(0, most), low: cells.slice(Math.max(most, cells.length - MOST)).reverse() };
}
