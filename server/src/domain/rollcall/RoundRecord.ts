import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { RoundActs } from '../../protocol/rollcallRecords.ts';
import { demand, may } from '../shared/rights.ts';
import type { RoundActStore } from './ports.ts';

/** RC23: what officials did with a round, for those who might have done it, also when all is over. */
export class RoundRecord {
  readonly #store: RoundActStore;

  constructor(store: RoundActStore) {
    this.#store = store;
  }

  /** @throws DomainError `not-found`, `forbidden` */
  async acts(account: Account, round: string): Promise<RoundActs> {
    demand(account, 'round.open');
    const found = await this.#store.actsOf(round);
    // CH15
    if (!found || may(account, 'round.open', { paths: found.scope }) !== 'allowed')
      throw refuse('not-found', 'there is no such round');
    return { acts: found.acts };
  }
}
