import { useRef } from 'react';
import { type Classes, classesOf } from './classes.ts';
import type { StagedCommunes } from './stagedCommunes.ts';
import type { ShownFigures } from './useStaged.ts';

/** Classes stay while values move, since a map that changes its colours tells nothing; another picture has its own. */
export function useClasses({ content, picture }: ShownFigures, communes: StagedCommunes | undefined): Classes {
  const kept = useRef<{ readonly of: string; readonly classes: Classes }>(undefined);
  const of = communes ? `${content} communes` : content;
  if (kept.current?.of !== of) {
    const values = communes?.values ?? picture.units.map(([, value]) => value);
    kept.current = { of, classes: classesOf(cutsOf(picture, communes !== undefined), values) };
  }
  return kept.current.classes;
}

/** Borders that somebody has set are of units that report, and of sums only where these are of their size. */
function cutsOf({ indicator: { cuts, unit } }: ShownFigures['picture'], byName: boolean) {
  if (!cuts) return {};
  return byName || unit.vi === '%' ? { cuts } : { cuts: { ...cuts, at: [] } };
}
