import type { Indicator } from '../../api/contract.ts';
import { fold, matcherOf } from '../../organisation/nameSearch.ts';

/** In one list with units: more would hide them. */
const MOST = 5;

/** FG99: figures in whose names, in either language, or in whose code is what was typed; those that begin with it first. */
export function figuresNamed(all: readonly Indicator[], typed: string): readonly Indicator[] {
  const query = fold(typed).trim();
  if (query === '') return [];
  const fits = matcherOf(query);
  const found = all.filter(({ name, code }) => fits(fold(`${name.vi} ${name.en} ${code}`)));
  const begins = ({ name }: Indicator): boolean => [name.vi, name.en].some((one) => fold(one).startsWith(query));
  return found.toSorted((a, b) => Number(begins(b)) - Number(begins(a))).slice(0, MOST);
}
