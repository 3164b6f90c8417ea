import { refuse } from '../../../protocol/errors.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { at, demand } from '../../shared/rights.ts';

export interface FigureBordersStore {
  /** Number of the newest; undefined: there were never any. */
  newest(): Promise<number | undefined>;
  /** JSON; null: there are none any more; undefined: what is there is not what was put there. */
  read(id: number): Promise<string | null | undefined>;
}

/** Borders by which maps of figures are drawn, the same for everybody and at every node. */
export class FigureBorders {
  readonly #store: FigureBordersStore;
  #last: { readonly id: number; readonly drawn: Promise<string | null | undefined> } | undefined;

  constructor(store: FigureBordersStore) {
    this.#store = store;
  }

  /** @returns JSON; `null`: maps are tiles. @throws DomainError `forbidden`, `not-found`: they were altered */
  async read(account: Account): Promise<string> {
    demand(account, 'figure.read', at(account.unit.path));
    const id = await this.#store.newest();
    if (id === undefined) return 'null';
    if (this.#last?.id !== id) this.#last = { id, drawn: this.#store.read(id) };
    const last = this.#last;
    // What could not be read is read again when it is asked for.
    last.drawn.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    const drawn = await last.drawn;
    if (drawn === undefined) throw refuse('not-found', 'the borders of the map are not those that were put there');
    return drawn ?? 'null';
  }
}
