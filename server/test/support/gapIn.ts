/** When nothing of a unit was there since it came, neither its order channel nor its media, by the intervals of its attendance. */
export function gapIn(intervals: readonly { readonly from: string; readonly to: string | null }[]): string | undefined {
  let there: number | undefined;
  for (const { from, to } of intervals.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (there !== undefined && Date.parse(from) > there) return `${new Date(there).toISOString()} to ${from}`;
    there = Math.max(there ?? 0, to === null ? Number.POSITIVE_INFINITY : Date.parse(to));
  }
  return there === Number.POSITIVE_INFINITY ? undefined : 'then on';
}
