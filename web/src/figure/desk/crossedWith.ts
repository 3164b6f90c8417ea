import { type FigureCrossing, MOST_CROSSED } from '../../api/contract.ts';

/** FG96: what crossed a border, the newest first; what was told before is there once. Pure. */
export function crossedWith(
  before: readonly FigureCrossing[],
  news: readonly FigureCrossing[],
): readonly FigureCrossing[] {
  const keyOf = ({ indicator, unit, n }: FigureCrossing) => `${indicator} ${unit} ${n}`;
  const told = new Set(news.map(keyOf));
  return [...news, ...before.filter((one) => !told.has(keyOf(one)))].slice(0, MOST_CROSSED);
}
