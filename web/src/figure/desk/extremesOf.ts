import { type FigureFrame, within } from '../../api/contract.ts';
import type { ChangeFrame } from './change/changeFrame.ts';
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
  const most = Math.min(MOST, Math.ceil(cells.length / 2));
  const values = frame.values as readonly number[];
  return {
    high: firstOf(cells, most, values, 1),
    // Of equals the last: the first are at the other end.
    low: firstOf(cells.toReversed(), Math.min(MOST, cells.length - most), values, -1),
  };
}

/** FG97: likewise those that have risen and fallen most; who has not is at neither end. */
export function movedMost({ changes, units }: ChangeFrame, place: string) {
  const steps = changes.map((change) => change ?? 0);
  const cells = steps.flatMap((change, i) => (change !== 0 && within(units[i] ?? '', place) ? [i] : []));
  return {
    high: firstOf(
      cells.filter((i) => (steps[i] ?? 0) > 0),
      MOST,
      steps,
      1,
    ),
    low: firstOf(
      cells.filter((i) => (steps[i] ?? 0) < 0),
      MOST,
      steps,
      -1,
    ),
  };
}

/**
 * The few that are farthest in a direction, of equals the first: ticks move one value of ten thousand, and all of them need
 * not be put in order for it.
 */
function firstOf(cells: readonly number[], most: number, values: readonly number[], sign: 1 | -1): readonly number[] {
  const first: number[] = [];
  const of = (cell: number): number => sign * (values[cell] as number);
  let least = Number.NEGATIVE_INFINITY;
  for (const cell of most > 0 ? cells : []) {
    if (first.length === most && of(cell) <= least) continue;
    const at = first.findIndex((one) => of(one) < of(cell));
    first.splice(at < 0 ? first.length : at, 0, cell);
    if (first.length > most) first.pop();
    least = of(first.at(-1) as number);
  }
  return first;
}
