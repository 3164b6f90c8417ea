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
  const most = Math.min(MOST, Math.ceil(cells.length / 2));
  return {
    high: firstOf(cells, most, (a, b) => of(b) - of(a) || a - b),
    low: firstOf(cells, Math.min(MOST, cells.length - most), (a, b) => of(a) - of(b) || b - a),
  };
}

/** The first few in an order: ticks move one value of ten thousand, and all of them need not be put in order for it. */
function firstOf(cells: readonly number[], most: number, order: (a: number, b: number) => number): readonly number[] {
  const first: number[] = [];
  for (const cell of cells) {
    const last = first.at(-1);
    if (first.length === most && (last === undefined || order(cell, last) >= 0)) continue;
    const at = first.findIndex((one) => order(cell, one) < 0);
    first.splice(at < 0 ? first.length : at, 0, cell);
    if (first.length > most) first.pop();
  }
  return first;
}
