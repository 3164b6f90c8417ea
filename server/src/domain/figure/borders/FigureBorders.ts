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
  #last: { readonly id: number; readonly written: Promise<Buffer | undefined> } | undefined;

  constructor(store: FigureBordersStore) {
    this.#store = store;
  }

  /**
   * @returns the answer in JSON, without borders where maps are tiles; the same buffer for all who ask (FG107)
   * @throws DomainError `forbidden`, `not-found`: they were altered
   */
  async read(account: Account): Promise<Buffer> {
    demand(account, 'figure.read', at(account.unit.path));
    const id = await this.#store.newest();
    if (id === undefined) return NONE;
    if (this.#last?.id !== id) this.#last = { id, written: this.#write(id) };
    const last = this.#last;
    // What could not be read is read again when it is asked for.
    last.written.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    const written = await last.written;
    if (!written) throw refuse('not-found', 'the borders of the map are not those that were put there');
    return written;
  }

  async #write(id: number): Promise<Buffer | undefined> {
    const drawn = await this.#store.read(id);
    return drawn === undefined ? undefined : answerOf(drawn);
  }
}

const answerOf = (drawn: string | null): Buffer => Buffer.from(`{"borders":${drawn}}`);
const NONE = answerOf(null);
