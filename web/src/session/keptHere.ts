import type { Unsent } from '../api/outbox/OutboxKeeper.ts';

/** Drafts of directives are kept under this, by account. */
export const DRAFTS = 'dh.directive.draft.';

/** What this browser would forget, of the account and of others who use it. */
export interface KeptHere {
  readonly unsent: Unsent;
  readonly drafts: Unsent;
}

/** @param keys of the browser's local storage */
export function draftsIn(keys: readonly string[], account: string): Unsent {
  const drafts = keys.filter((key) => key.startsWith(DRAFTS));
  const own = drafts.filter((key) => key === DRAFTS + account).length;
  return { own, others: drafts.length - own };
}

export const isNothing = ({ unsent, drafts }: KeptHere): boolean =>
  unsent.own + unsent.others + drafts.own + drafts.others === 0;
