/**
 * Factors, none below its floor (zero), with which the columns of each row add up to its result; least squares of relative errors.
 * @throws Error when the rows do not tell the columns apart
 */
export function solve(
  rows: readonly (readonly number[])[],
  results: readonly number[],
  floors: readonly number[] = [],
): number[] {
  const width = rows[0]?.length ?? 0;
  const floor = Array.from({ length: width }, (_, i) => floors[i] ?? 0);
  /** What is left of each result once all factors are at their floors, as a fraction of it. */
  const left = rows.map(
    (row, i) => 1 - row.reduce((sum, x, j) => sum + x * (floor[j] as number), 0) / (results[i] as number),
  );
  let best = { factors: floor, error: left.reduce((sum, part) => sum + part ** 2, 0) };
  // A factor that would be below its floor is there: of all choices of columns the best one without such counts.
  for (let chosen = 1; chosen < 2 ** width; chosen++) {
    const columns = Array.from({ length: width }, (_, i) => i).filter((i) => chosen & (1 << i));
    const scaled = rows.map((row, i) => columns.map((column) => (row[column] as number) / (results[i] as number)));
    const found = leastSquares(scaled, left);
    if (!found)
      throw new Error('the runs need different sizes and layers to tell rooms, peers, frames and packets apart');
    if (found.some((factor) => factor < 0)) continue;
    const error = scaled.reduce(
      (sum, row, at) =>
        sum + ((left[at] as number) - row.reduce((all, x, i) => all + x * (found[i] as number), 0)) ** 2,
      0,
    );
    if (best.error <= error) continue;
    const factors = floor.map((least, i) => least + (found[columns.indexOf(i)] ?? 0));
    best = { factors, error };
  }
  return best.factors;
}

/** Factors x with rows x = results, nearly; undefined when there are many. By the normal equations and Gauss' elimination. */
function leastSquares(rows: readonly (readonly number[])[], results: readonly number[]): number[] | undefined {
  const width = rows[0]?.length ?? 0;
  const sum = (f: (row: readonly number[], nr: number) => number): number =>
    rows.reduce((all, row, nr) => all + f(row, nr), 0);
  const at = (row: readonly number[], i: number): number => row[i] as number;
  const matrix = Array.from({ length: width }, (_, i) => [
    ...Array.from({ length: width }, (_, j) => sum((row) => at(row, i) * at(row, j))),
    sum((row, nr) => at(row, i) * (results[nr] as number)),
  ]);
  for (let i = 0; i < width; i++) {
    const pivot = matrix[i] as number[];
    // What is left of the column once the others are taken out: nothing, when it says the same as they do.
    if (!((pivot[i] as number) > 1e-6 * sum((row) => at(row, i) ** 2))) return undefined;
    for (const row of matrix) {
      if (row === pivot) continue;
      const factor = (row[i] as number) / (pivot[i] as number);
      for (let j = i; j <= width; j++) row[j] = (row[j] as number) - factor * (pivot[j] as number);
    }
  }
  return matrix.map((row, i) => (row[width] as number) / (row[i] as number));
}
