/**
 * Divides a whole number by weights, so that the parts are whole and their sum is exact: each gets its share rounded
 * down, and what is left goes to the largest remainders.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (total === 0) return weights.map(() => 0);
  if (!(sum > 0)) throw new Error(`${total} cannot be divided among weights of ${sum}`);
  const shares = weights.map((weight) => (total * weight) / sum);
  const parts = shares.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  const remainder = (i: number) => (shares[i] as number) - (parts[i] as number);
  const largest = weights
    .map((_, i) => i)
    .filter((i) => (weights[i] as number) > 0)
    .sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const i of largest.slice(0, left)) parts[i] = (parts[i] as number) + 1;
  return parts;
}
