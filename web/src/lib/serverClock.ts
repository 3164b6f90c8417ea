import { Store } from './Store.ts';

/** Smallest difference that an HTTP date may correct: it has whole seconds, and the answer took time. */
const STEP_MS = 2_000;

/** How far the server's clock is ahead of this computer's, ms. `exact`: as the order channel said it. (CH19) */
export const serverClock = new Store({ offset: 0, exact: false });

/** The time by the server's clock, ms since 1970. */
export const serverNow = (): number => Date.now() + serverClock.get().offset;

/** Takes the `Date` of an answer, for pages that have no order channel. */
export function hearDate(date: string | null): void {
  const { offset, exact } = serverClock.get();
  const differs = Date.parse(date ?? '') - serverNow();
  if (!exact && Math.abs(differs) > STEP_MS) serverClock.set({ offset: offset + differs });
}
