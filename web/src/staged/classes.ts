import type { Indicator } from '../api/contract.ts';

/** Borders of the classes of a map, ascending: a value is in the class after as many as it reaches. */
export interface Classes {
  readonly at: readonly number[];
  /** Which end is the strong colour. */
  readonly strong: 'high' | 'low';
  /** A border is one that somebody has set, with words; otherwise it is where the values are. */
  readonly told: boolean;
}

const CLASSES = 5;

/**
 * Made once, when a map opens: a value that changes its class is news, a map that changes its classes is none. Those of
 * the indicator, or five with as many units each; what many units share is in one class.
 */
export function classesOf({ cuts }: Pick<Indicator, 'cuts'>, values: readonly (number | null)[]): Classes {
  const strong = cuts?.worse === 'down' ? 'low' : 'high';
  if (cuts && cuts.at.length > 0) return { at: cuts.at, strong, told: true };
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const at: number[] = [];
  for (let i = 1; i < CLASSES; i++) {
    const border = sorted[Math.floor((i * sorted.length) / CLASSES)];
    if (border !== undefined && border > (at.at(-1) ?? sorted[0] ?? border)) at.push(border);
  }
  return { at, strong, told: false };
}

/** 0 to `CLASSES - 1`, as strong as it is painted. */
export function shadeOf({ at, strong }: Classes, value: number): number {
  let nr = 0;
  while (nr < at.length && value >= (at[nr] as number)) nr++;
  return spread(strong === 'low' ? at.length - nr : nr, at.length);
}

/** Fewer classes use both ends of the scale. */
export const spread = (nr: number, last: number): number => (last === 0 ? 2 : Math.round((nr * (CLASSES - 1)) / last));
