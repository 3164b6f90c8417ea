import type { FigureActKind, FigureValue } from '../../../protocol/figureAct.ts';
import type { SourceWord } from '../counting.ts';

/** A value that an act was on; its period in milliseconds since 1970. */
export interface ActedValue extends Pick<FigureValue, 'indicator' | 'unit' | 'source' | 'revision'> {
  readonly period: number;
  /** The N of the act. */
  readonly n: number;
  readonly act: FigureActKind;
}

/** What a source said of a cell in one of its revisions, and what became of it by acts. */
export interface Revision {
  readonly revision: number;
  readonly value: number | null;
  readonly standing: 'good' | 'held' | 'rejected';
  /** FG16 */
  readonly contested: boolean;
}

/** As it was recorded. */
export const recorded = (revision: number, value: number | null, held: boolean): Revision => ({
  ...{ revision, value, standing: held ? 'held' : 'good', contested: false },
});

/** FG14, FG16: the last of release and reject counts; a contest stands until it is answered or withdrawn. */
export function acted(one: Revision, act: FigureActKind): Revision {
  if (act === 'release') return { ...one, standing: 'good' };
  if (act === 'reject') return { ...one, standing: 'rejected' };
  return { ...one, contested: act === 'contest' };
}

/**
 * FG8: what one source says of a cell: its newest revision that is neither held nor rejected.
 * @param revisions in their order; those before one that counted from the beginning may be left out
 */
export function wordOf(
  { source, rank }: Pick<SourceWord, 'source' | 'rank'>,
  revisions: readonly Revision[],
): SourceWord & { readonly revision: number | undefined } {
  const good = revisions.findLast(({ standing }) => standing === 'good');
  const held = revisions.findLast(({ standing }) => standing !== 'rejected')?.standing === 'held';
  return { source, rank, good: good?.value, held, contested: good?.contested ?? false, revision: good?.revision };
}
