/** What one source says of a cell, after all its revisions. */
export interface SourceWord {
  /** 1 is the best. */
  readonly rank: number;
  /** Orders sources of one rank. */
  readonly source: string;
  /** Its newest revision that is neither held nor rejected; null: there is none; undefined: it has no such revision. */
  readonly good: number | null | undefined;
  /** Its newest revision that was not rejected is held. */
  readonly held: boolean;
  /** FG16: somebody contests what it says. */
  readonly contested?: boolean;
}

/** What counts of a cell. */
export interface CountedValue {
  /** undefined: nothing does. */
  readonly value: number | null | undefined;
  readonly source: string | undefined;
  /** FG14: the best source that said anything has said something newer, which does not count. */
  readonly held: boolean;
  /** Another source has another value, further away than is tolerated, or somebody contests it. */
  readonly contested: boolean;
}

/**
 * FG8: of the best-ranked source that has one, the newest revision that is neither held nor rejected.
 * @param tolerance in steps: so far sources may be apart and agree
 */
export function countingOf(words: readonly SourceWord[], tolerance = 0): CountedValue {
  const byRank = words.toSorted((a, b) => a.rank - b.rank || (a.source < b.source ? -1 : 1));
  const counts = byRank.find(({ good }) => good !== undefined);
  const value = counts?.good;
  const contested =
    typeof value === 'number' &&
    (counts?.contested === true ||
      words.some(({ good }) => typeof good === 'number' && Math.abs(good - value) > tolerance));
  return { value, source: counts?.source, held: byRank[0]?.held ?? false, contested };
}
