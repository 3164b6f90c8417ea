import { refuse } from '../../protocol/errors.ts';
import { SHORTEST_PASSWORD } from './limits.ts';

/** @throws DomainError `bad-request` */
export function demandLength(password: string): void {
  if (password.length < SHORTEST_PASSWORD)
    throw refuse('bad-request', `a password has at least ${SHORTEST_PASSWORD} characters`);
}
