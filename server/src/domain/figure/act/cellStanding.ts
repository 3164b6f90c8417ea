import { type CountedValue, countingOf } from '../counting.ts';
import type { FigureDefinitions, Observation } from '../facts.ts';
import { type ActedValue, acted, type Revision, recorded, wordOf } from './revisions.ts';

type Said = Pick<Observation, 'source' | 'revision' | 'value' | 'held'>;
type Act = Pick<ActedValue, 'source' | 'revision' | 'act'>;

export interface CellStanding extends CountedValue {
  /** Of the source that counts. */
  readonly revision: number | undefined;
  /** All that was ever said, by source. */
  readonly revisions: ReadonlyMap<string, readonly Revision[]>;
}

/** FG8: how a cell stands by all that was said of it and done to it. @param said and `acts` in their order */
export function cellStanding(
  said: readonly Said[],
  acts: readonly Act[],
  sources: FigureDefinitions['sources'],
): CellStanding {
  const revisions = new Map<string, Revision[]>();
  for (const { source, revision, value, held } of said) {
    const own = revisions.get(source) ?? [];
    revisions.set(source, own);
    own.push(recorded(revision, value, held));
  }
  for (const { source, revision, act } of acts) {
    const own = revisions.get(source) ?? [];
    const i = own.findIndex((one) => one.revision === revision);
    if (own[i]) own[i] = acted(own[i], act);
  }
  const words = [...revisions].map(([source, own]) =>
    wordOf({ source, rank: sources.get(source)?.rank ?? Number.MAX_SAFE_INTEGER }, own),
  );
  const counts = countingOf(words);
  return { ...counts, revision: words.find(({ source }) => source === counts.source)?.revision, revisions };
}
