import { setImmediate as turn } from 'node:timers/promises';

/** Work that stops again and again, where others may have their turn. */
export type Slices<T> = Generator<void, T>;

/** So long others wait for their turn, or somewhat longer. */
const SLICE_MS = 20;

/** All of it, with nobody in between. */
export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same, while others have their turns. */
export async function inTurns<T>(work: Slices<T>): Promise<T> {
  let began = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began < SLICE_MS) continue;
    await turn();
    began = performance.now();
  }
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
