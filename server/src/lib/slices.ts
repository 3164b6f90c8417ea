import { setImmediate as turn } from 'node:timers/promises';

/** Work that stops again and again, where others may have their turn. */
export type Slices<T> = Generator<void, T>;

/** So long others wait for their turn, or somewhat longer. */
const SLICE_MS = 10;
/** When they had it last: what follows another work at once shares its slice. */
let turned = 0;

/** All of it, with nobody in between. */
export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same, while others have their turns. */
export async function inTurns<T>(work: Slices<T>): Promise<T> {
  for (;;) {
    if (performance.now() - turned >= SLICE_MS) {
      await turn();
      turned = performance.now();
    }
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Sorted at once, before they are merged. */
const RUN = 2_000;

/** All items in their order; what is in order stays the same list. */
export function* sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): Slices<readonly T[]> {
  let isSorted = true;
  let before: T | undefined;
  yield* sliced(items, (item) => {
    isSorted &&= before === undefined || compare(before, item) <= 0;
    before = item;
  });
  if (isSorted) return items;
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) longer.push(yield* merged(runs[i] ?? [], runs[i + 1] ?? [], compare));
    runs = longer;
  }
  return runs[0] ?? [];
}

/** Of two that are equal that of the first stands first. */
function* merged<T>(one: readonly T[], other: readonly T[], compare: (a: T, b: T) => number): Slices<T[]> {
  const all: T[] = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    const takesOne = j >= other.length || (i < one.length && compare(one[i] as T, other[j] as T) <= 0);
    all.push((takesOne ? one[i++] : other[j++]) as T);
    if (all.length % 2_000 === 0) yield;
  }
  return all;
}

/** Items, with a stop after each thousand of them. */
export function* sliced<T>(items: readonly T[], work: (item: T) => void): Slices<void> {
  let done = 0;
  for (const item of items) {
    work(item);
    done += 1;
    if (done % 1_000 === 0) yield;
  }
}
