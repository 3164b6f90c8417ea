/**
 * The last that is earlier than a period: by halves, since a back-fill has thousands of periods of one unit.
 * @param sorted by their periods
 */
export function lastBefore<T extends { readonly period: number }>(sorted: readonly T[], period: number): T | undefined {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((sorted[middle] as T).period < period) from = middle + 1;
    else to = middle;
  }
  return sorted[from - 1];
}
