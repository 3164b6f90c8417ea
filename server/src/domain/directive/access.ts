import type { Directive } from '../../protocol/directive.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import { at, may } from '../shared/rights.ts';
import type { DirectiveStore } from './ports.ts';

type Store = Pick<DirectiveStore, 'find' | 'among' | 'reaches'>;

/** DR13. @throws DomainError `not-found`, `outside-territory` */
export async function readable(store: Store, account: Account, id: string): Promise<Directive> {
  const directive = await find(store, id);
  const { code, path } = account.unit;
  if (may(account, 'directive.issue', at(directive.issuer.path)) === 'allowed') return directive;
  if (may(account, 'directive.read', at(path)) === 'allowed') {
    if ((await store.among(id, [code])).length > 0) return directive;
    // A seat reads its own unit's; a leader those that reach his territory.
    if (may(account, 'directive.issue') === 'allowed' && (await store.reaches(id, path))) return directive;
  }
  throw refuse('outside-territory', 'this directive is addressed to others');
}

/** @throws DomainError `not-found` */
export async function find(store: Pick<DirectiveStore, 'find'>, id: string): Promise<Directive> {
  const directive = await store.find(id);
  if (!directive) throw refuse('not-found', 'there is no such directive');
  return directive;
}
