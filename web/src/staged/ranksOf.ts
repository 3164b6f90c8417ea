/** FG163: of each value how many are higher, and one; equal ones share theirs. Pure. */
export function ranksOf(values: readonly (number | null)[]): readonly (number | undefined)[] {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => b - a);
  return values.map((value) => (value === null ? undefined : sorted.indexOf(value) + 1));
}
