import { type Indicator, MOST_WATCHED } from '../../api/contract.ts';

/**
 * Codes of the figures that a page follows: those that were chosen and are there, or else the first, of which none is
 * only a part of another.
 */
export function followedOf(all: readonly Indicator[], chosen: readonly string[] | undefined): readonly string[] {
  const codes = all.map(({ code }) => code);
  const there = chosen?.filter((code) => codes.includes(code)) ?? [];
  if (there.length > 0) return there.slice(0, MOST_WATCHED);
  const parts = new Set(all.flatMap(partsOf));
  return codes.toSorted((a, b) => Number(parts.has(a)) - Number(parts.has(b))).slice(0, MOST_WATCHED);
}

/** Of a rate what is counted is a figure of its own, and its people alone are a part. (FG175) */
const partsOf = ({ numerator, denominator, weight, per }: Indicator) =>
  (per ?? 1) > 100 ? [denominator] : [numerator, denominator, weight];

/** FG99: with one that is looked at, in the place of the last where there are as many as may be. */
export function watchedOf(followed: readonly string[], opened: string | undefined): readonly string[] {
  if (opened === undefined || followed.includes(opened)) return followed;
  return [...followed.slice(0, MOST_WATCHED - 1), opened];
}

/** FG146: those that are followed, and of which it is known that there is no value. Pure. */
export const missingOf = (
  all: readonly Indicator[],
  { followed, answered }: { readonly followed: readonly string[]; readonly answered: readonly string[] },
  hasCard: (code: string) => boolean,
): readonly Indicator[] =>
  all.filter(({ code }) => followed.includes(code) && answered.includes(code) && !hasCard(code));
