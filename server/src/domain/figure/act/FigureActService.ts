import type { Quotas } from '../../../lib/Quotas.ts';
import { RateLimits } from '../../../lib/RateLimits.ts';
import { Turns } from '../../../lib/Turns.ts';
import { DomainError, tooOften } from '../../../protocol/errors.ts';
import type { FigureActAsk, FigureActed } from '../../../protocol/figureAct.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { demand } from '../../shared/rights.ts';
import { ACTING, ACTS_OF_ONE } from '../limits.ts';
import type { FigureTree } from '../placeRows.ts';

export interface FigureActStore {
  /**
   * FG4, FG14, FG16: in one transaction. The same key has the same answer.
   * @param briefing FG103: in which it is done; undefined: in none
   * @throws DomainError as `decideAct`, and `conflict`, `store-unavailable`
   */
  act(ask: FigureActAsk, by: Account, tree: FigureTree, briefing?: string): Promise<FigureActed>;
}

interface Parts {
  readonly store: FigureActStore;
  /** The tree of this moment. */
  readonly tree: () => FigureTree;
  /** Something was recorded, and stands at this N. */
  readonly committed: (n: number) => void;
  readonly quotas: Quotas;
}

/** What people do to values that are on record. */
export class FigureActService {
  readonly #o: Parts;
  readonly #limits: RateLimits;
  readonly #turns = new Turns({ ...ACTING, full: () => crowded() });

  constructor(parts: Parts) {
    this.#o = parts;
    this.#limits = RateLimits.shared('figure-acts', ACTS_OF_ONE, parts.quotas);
  }

  /** FG85. Resolves after the commit. @throws DomainError as `FigureActStore.act`, `rate-limited`, `busy` */
  async act(account: Account, ask: FigureActAsk, briefing?: string): Promise<FigureActed> {
    demand(account, `figure.${ask.act}`);
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này xử lý quá nhiều số liệu cùng lúc',
          en: 'so many acts on figures are not done by one account at once',
        },
        wait,
      );
    const done = await this.#turns.take(() => this.#o.store.act(ask, account, this.#o.tree(), briefing));
    this.#o.committed(done.n);
    return done;
  }
}

const crowded = () =>
  new DomainError(
    'busy',
    { vi: 'Lúc này có quá nhiều người xử lý số liệu', en: 'many act on figures at this moment' },
    { retryAfterSeconds: ACTING.retryAfterSeconds },
  );
