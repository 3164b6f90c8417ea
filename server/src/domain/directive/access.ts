import { assertNever } from '../../lib/assertNever.ts';
import type { Directive } from '../../protocol/directive.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import { type Claim, claimsOn, viewerOf } from '../shared/whoSeesWhom.ts';
import type { DirectiveStore } from './ports.ts';

type Store = Pick<DirectiveStore, 'find' | 'among' | 'reaches'>;

/** CH15: also of one that is there, to whoever may not read it. */
export const NO_SUCH_DIRECTIVE = 'there is no such directive';

/** DR13. @throws DomainError `not-found` */
export async function readable(store: Store, account: Account, id: string): Promise<Directive> {
  const directive = await find(store, id);
  for (const claim of claimsOn(directive, viewerOf(account)))
    if (await holds(store, claim, account, id)) return directive;
  throw refuse('not-found', NO_SUCH_DIRECTIVE);
}

async function holds(store: Store, claim: Claim, { unit }: Account, id: string): Promise<boolean> {
  switch (claim) {
    case 'issuer':
      return true;
    case 'addressee':
      return (await store.among(id, [unit.code])).length > 0;
    case 'territory':
      return store.reaches(id, unit.path);
    default:
      return assertNever(claim);
  }
}

/** @throws DomainError `not-found` */
export async function find(store: Pick<DirectiveStore, 'find'>, id: string): Promise<Directive> {
  const directive = await store.find(id);
  if (!directive) throw refuse('not-found', NO_SUCH_DIRECTIVE);
  return directive;
}
