import type { Indicator } from '../api/contract.ts';
import { naturalBreaks } from './naturalBreaks.ts';

/** Borders of the classes of a map, ascending: a value is in the class after as many as it reaches. */
export interface Classes {
  readonly at: readonly number[];
  /** Which end is the strong colour. */
  readonly strong: 'high' | 'low';
  /** A border is one that somebody has set, with words; otherwise it is where the values are. */
  readonly told: boolean;
  /** What all have that have a value, where that is the same: there is nothing to divide. */
  readonly only?: number;
}

const CLASSES = 5;

/**
 * Made once, when a map opens: a value that changes its class is news, a map that changes its classes is none. Those of
 * the indicator, or up to five of values that lie close together, between round numbers. (FG164)
 */
export function classesOf({ cuts }: Pick<Indicator, 'cuts'>, values: readonly (number | null)[]): Classes {
  const strong = cuts?.worse === 'down' ? 'low' : 'high';
  if (cuts && cuts.at.length > 0) return { at: cuts.at, strong, told: true };
  const sorted = Float64Array.from(values.filter((value) => value !== null)).sort();
  const at = naturalBreaks(sorted, CLASSES);
  const [only] = sorted;
  return { at, strong, told: false, ...(at.length === 0 && only !== undefined && { only }) };
}

/**
 * Of sums: borders that somebody has set are of units that report, and of sums only where these are of their size. The same
 * at a desk, on the stage and on a wall. (FG164)
 */
export function classesOfSums(
  { cuts, unit, up }: Pick<Indicator, 'cuts' | 'unit'> & { readonly up?: Indicator['up'] | undefined },
  values: readonly (number | null)[],
): Classes {
  const isOfTheirSize = unit.vi === '%' || up === 'ratio' || up === 'weighted' || up === 'max' || up === 'min';
  return classesOf(cuts && !isOfTheirSize ? { cuts: { ...cuts, at: [] } } : cuts ? { cuts } : {}, values);
}

/** Of shares in hundredths: how many units have a value. */
export const SHARES: Classes = { at: [50, 80, 95, 100], strong: 'high', told: false };

/** 0 to `CLASSES - 1`, as strong as it is painted. */
export function shadeOf({ at, strong }: Classes, value: number): number {
  let nr = 0;
  while (nr < at.length && value >= (at[nr] as number)) nr++;
  return spread(strong === 'low' ? at.length - nr : nr, at.length);
}

/** Fewer classes use both ends of the scale. */
export const spread = (nr: number, last: number): number => (last === 0 ? 2 : Math.round((nr * (CLASSES - 1)) / last));

interface RangeWords {
  readonly only: (value: string) => string;
  readonly below: (value: string) => string;
  readonly from: (value: string) => string;
  readonly between: (from: string, to: string) => string;
}

/** Which values are in a class, in words. @param bare how a value is written */
export function rangeOf({ at, only }: Classes, nr: number, t: RangeWords, bare: (value: number) => string): string {
  const [from, to] = [at[nr - 1], at[nr]];
  if (from !== undefined) return to === undefined ? t.from(bare(from)) : t.between(bare(from), bare(to));
  if (to !== undefined) return t.below(bare(to));
  return only === undefined ? '' : t.only(bare(only));
}
