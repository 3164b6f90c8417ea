import type { StagedPicture } from '../api/contract.ts';
import { type Classes, shadeOf } from './classes.ts';

/** A unit whose value came into another class. */
export interface Crossing {
  readonly code: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** As known when. */
  readonly at: string;
}

/** Between two looks at the same figures, the newest last. Pure. */
export function crossingsOf(before: StagedPicture, after: StagedPicture, classes: Classes): readonly Crossing[] {
  const known = new Map(before.units.map(([code, value]) => [code, value]));
  return after.units.flatMap(([code, to], i) => {
    const from = known.get(code) ?? null;
    if (from === null || to === null || shadeOf(classes, from) === shadeOf(classes, to)) return [];
    return [{ code, name: after.names[i] ?? code, from, to, at: after.at }];
  });
}
