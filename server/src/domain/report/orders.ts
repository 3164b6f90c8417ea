import { refuse } from '../../protocol/errors.ts';
import { MOST_OPEN } from './limits.ts';

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
