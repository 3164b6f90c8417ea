import type { FigureFrame, FigureState, Indicator } from '../../../api/contract.ts';
import { shadesOf } from '../../../staged/colours.ts';

/** How a unit has changed; unknown: one of the two values is not known of itself (FG97). */
export const changeKinds = ['rise', 'fall', 'same', 'unknown'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Each has a pattern of the maps of figures: nobody has to tell colours apart. */
export const patternOf: Readonly<Record<ChangeKind, FigureState>> = {
  rise: 'fresh',
  fall: 'late',
  same: 'contested',
  unknown: 'none',
};
const letters: Readonly<Record<ChangeKind, string>> = { rise: 'f', fall: 'l', same: 'c', unknown: 'n' };

/** A frame, compared with another period, as a map draws it: its states are patterns. */
export interface ChangeFrame extends FigureFrame {
  /** In steps; null: unknown. */
  readonly changes: readonly (number | null)[];
}

/** @returns undefined: it was not compared with anything */
export function changeFrame(frame: FigureFrame): ChangeFrame | undefined {
  const { against } = frame;
  if (!against) return undefined;
  const changes = frame.values.map((value, i) => {
    const before = against.values[i] ?? null;
    return value === null || before === null ? null : value - before;
  });
  return { ...frame, changes, states: changes.map((change) => letters[kindOf(change)]).join('') };
}

export function kindOf(change: number | null): ChangeKind {
  if (change === null) return 'unknown';
  return change > 0 ? 'rise' : change < 0 ? 'fall' : 'same';
}

/**
 * From where a change is strong: what half of those reach that have changed. Taken once, when a map opens, as classes are.
 * @returns undefined: nothing has changed
 */
export function strongFrom(changes: readonly (number | null)[]): number | undefined {
  const moved = Float64Array.from(changes.flatMap((one) => (one ? [Math.abs(one)] : []))).sort();
  return moved[Math.floor(moved.length / 2)];
}

/** Custom properties of the weak and of the strong: what is worse is ochre, and where nobody says what is, a fall. */
export function shadesOfChange({ cuts }: Pick<Indicator, 'cuts'>, kind: 'rise' | 'fall'): readonly [string, string] {
  const isBad = (cuts?.worse === 'up') === (kind === 'rise');
  const shades = shadesOf(isBad ? { cuts: ANY } : {});
  return [shades[2] ?? '', shades[4] ?? ''];
}
const ANY: NonNullable<Indicator['cuts']> = { at: [], words: [], worse: 'up' };

/** It is no news: as pale as a colour is. */
export const SAME = '--figure-0';

export function colourOfChange(indicator: Pick<Indicator, 'cuts'>, strong: number | undefined, change: number | null) {
  const kind = kindOf(change);
  if (kind === 'unknown') return '--line-strong';
  if (kind === 'same') return SAME;
  const [weak, most] = shadesOfChange(indicator, kind);
  return Math.abs(change ?? 0) >= (strong ?? 0) ? most : weak;
}
