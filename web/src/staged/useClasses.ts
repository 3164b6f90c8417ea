import { useRef } from 'react';
import { type Classes, classesOf, classesOfSums } from './classes.ts';
import type { StagedCommunes } from './stagedCommunes.ts';
import type { ShownFigures } from './useStaged.ts';

/** Classes stay while values move, since a map that changes its colours tells nothing; another picture has its own. */
export function useClasses({ content, picture }: ShownFigures, communes: StagedCommunes | undefined): Classes {
  const kept = useRef<{ readonly of: string; readonly classes: Classes }>(undefined);
  const of = communes ? `${content} communes` : content;
  if (kept.current?.of !== of) {
    const values = communes?.values ?? picture.units.map(([, value]) => value);
    const { indicator } = picture;
    kept.current = { of, classes: communes ? classesOf(indicator, values) : classesOfSums(indicator, values) };
  }
  return kept.current.classes;
}
