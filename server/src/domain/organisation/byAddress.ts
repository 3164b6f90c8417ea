import { assertNever } from '../../lib/assertNever.ts';
import type { Role } from '../../protocol/organisation.ts';

/**
 * Whether the root address may open a session of this role that a browser keeps. (LK6) A person who finds the browser of
 * a head of government or of an operator open must still prove who they are.
 */
export function byAddress(role: Role): boolean {
  switch (role) {
    case 'seat':
    case 'moderator':
    case 'steward':
      return true;
    case 'principal':
    case 'operator':
    case 'screen':
      return false;
    default:
      return assertNever(role);
  }
}
