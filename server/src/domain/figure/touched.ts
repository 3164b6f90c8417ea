import { periodsKept } from './carriedOver.ts';
import type { FigureBoard } from './FigureBoard.ts';
import { momentOf, periodAfter } from './periods.ts';
import type { FigureNews } from './ports.ts';

/** By indicator: the periods of which anything was said. A back-fill has hundreds of thousands. */
export function touchedIn(news: readonly FigureNews[]): ReadonlyMap<string, ReadonlySet<number>> {
  const touched = new Map<string, Set<number>>();
  for (const { touches } of news)
    for (const [code, periods] of Object.entries(touches ?? {})) {
      const known = touched.get(code) ?? new Set();
      touched.set(code, known);
      for (const text of periods) {
        const period = momentOf(text);
        if (period !== undefined) known.add(period);
      }
    }
  return touched;
}

/** Of these periods the first and the last that the board will keep. */
export function newestOf(
  { indicator, newest }: FigureBoard,
  periods: ReadonlySet<number>,
): { from: number; to: number } {
  let [first, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const period of periods) {
    first = Math.min(first, period);
    to = Math.max(to, period);
  }
  return {
    from: Math.max(first, periodAfter(indicator.every, Math.max(to, newest ?? to), 1 - periodsKept(indicator))),
    to,
  };
}
