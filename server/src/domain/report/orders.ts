import { refuse } from '../../protocol/errors.ts';

/** RP1: of one account, waiting or running. */
export const MOST_OPEN = 5;
/** RP2: so many tries to make one. */
export const MOST_TRIES = 3;
/** RP2: a maker that was silent for so long is taken for dead. */
export const SILENT_SECONDS = 30;
/** RP4 */
export const KEPT_HOURS = 24;

/**
 * RP1: what becomes of an order. Pure.
 * @param open orders of its account that wait or run, and whether each is the same order
 * @returns the open one that it is; undefined: it is a new one
 * @throws DomainError `busy`
 */
export function decideOrder<O extends { readonly same: boolean }>(open: readonly O[]): O | undefined {
  const same = open.find((order) => order.same);
  if (!same && open.length >= MOST_OPEN) throw refuse('busy', 'wait for the reports that you asked for');
  return same;
}
