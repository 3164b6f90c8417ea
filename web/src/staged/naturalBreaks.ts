/** From so many times the middle value on, values are divided by how many times they are apart, and not by how much. */
const SKEWED = 12;
/** Round numbers of every power of ten. */
const ROUND = [1, 2, 5] as const;
/** Of values that are not skewed: about so many round numbers lie between the least and the most. */
const STEPS = 24;

interface Bucket {
  readonly from: number;
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Borders between classes in which values differ as little as can be (Fisher and Jenks), at round numbers. What lies far from all
 * others has a class of its own, so it never has the colour of what is a fiftieth of it. (FG164)
 * @param sorted ascending
 * @returns ascending, each above the least value; of `most` classes at most, none without a value
 */
export function naturalBreaks(sorted: Float64Array, most: number): number[] {
  const [least = 0, largest = 0] = [sorted[0], sorted.at(-1)];
  if (sorted.length === 0 || least === largest) return [];
  const distinct = [...new Set(sorted)];
  if (distinct.length <= most) return distinct.slice(1);
  const positive = sorted.filter((value) => value > 0);
  const middle = positive[positive.length >> 1] ?? 1;
  const isSkewed = least >= 0 && largest > SKEWED * middle;
  const buckets = bucketsOf(sorted, isSkewed ? roundBy(largest) : roundSteps(least, largest), (value) =>
    isSkewed ? Math.log(value + Math.max(1, middle / 10)) : value,
  );
  return cutAt(buckets, Math.min(most, buckets.length))
    .slice(1)
    .map((i) => (buckets[i] as Bucket).from);
}

function roundBy(largest: number): number[] {
  const all: number[] = [];
  for (let power = 1; power <= largest; power *= 10) all.push(...ROUND.map((one) => one * power));
  return all;
}

function roundSteps(least: number, largest: number): number[] {
  const wanted = Math.max(1, (largest - least) / STEPS);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * (ROUND.find((one) => one * power >= wanted) ?? 10);
  const first = Math.floor(least / step) + 1;
  return Array.from({ length: Math.max(0, Math.floor(largest / step) - first + 1) }, (_, i) => (first + i) * step);
}

/** Those without a value are left out: two borders that divide nothing are one. */
function bucketsOf(sorted: Float64Array, borders: readonly number[], measure: (value: number) => number): Bucket[] {
  const buckets: Bucket[] = [];
  let at = 0;
  for (const [i, from] of [Number.NEGATIVE_INFINITY, ...borders].entries()) {
    const until = borders[i] ?? Number.POSITIVE_INFINITY;
    let [count, sum, squares] = [0, 0, 0];
    for (; at < sorted.length && (sorted[at] as number) < until; at++) {
      const value = measure(sorted[at] as number);
      count++;
      sum += value;
      squares += value * value;
    }
    if (count > 0) buckets.push({ from, count, sum, squares });
  }
  return buckets;
}

/** First buckets of the classes that leave the least sum of squares within them. */
function cutAt(buckets: readonly Bucket[], classes: number): number[] {
  const cost = (from: number, until: number): number => {
    let [count, sum, squares] = [0, 0, 0];
    for (const one of buckets.slice(from, until)) {
      count += one.count;
      sum += one.sum;
      squares += one.squares;
    }
    return squares - (sum * sum) / count;
  };
  // Of the first buckets, with so many classes: what it costs, and where the last class begins.
  let best = buckets.map((_, i) => ({ cost: cost(0, i + 1), cuts: [0] }));
  for (let k = 2; k <= classes; k++)
    best = buckets.map((_, i) => {
      let found = { cost: Number.POSITIVE_INFINITY, cuts: [0] };
      for (let from = k - 1; from <= i; from++) {
        const before = best[from - 1];
        if (!before) continue;
        const whole = before.cost + cost(from, i + 1);
        if (whole < found.cost) found = { cost: whole, cuts: [...before.cuts, from] };
      }
      return found;
    });
  return best.at(-1)?.cuts ?? [0];
}
