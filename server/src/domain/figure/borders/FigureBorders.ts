import { hash } from 'node:crypto';
import { refuse } from '../../../protocol/errors.ts';
import type { Borders } from '../../../protocol/figureBorders.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { at, demand } from '../../shared/rights.ts';
import type { FigureStageMark } from '../stage/ports.ts';

export interface FigureBordersStore {
  /** Number of the newest; undefined: there were never any. */
  newest(): Promise<number | undefined>;
  /** FG122: number of those that were the newest when figures were put on a stage last, up to this version of it. */
  newestAt(stage: FigureStageMark): Promise<number | undefined>;
  /** JSON; null: there are none any more; undefined: what is there is not what was put there. */
  read(id: number): Promise<string | null | undefined>;
}

/** An answer, in JSON. */
interface Written {
  readonly whole: Buffer;
  /** What it is, for who has it (FG125). */
  readonly name: Buffer;
  readonly sha256: string | undefined;
}

/** Borders by which maps of figures are drawn, the same for everybody and at every node. */
export class FigureBorders {
  readonly #store: FigureBordersStore;
  readonly #shipped: () => Borders | undefined;
  #ofShipped: { readonly borders: Borders; readonly written: Written } | undefined;
  #last: { readonly id: number; readonly written: Promise<Written | undefined> } | undefined;

  /** @param shipped the borders that ship with the program for the tree of today, used until an operator imports others (FG160) */
  constructor(store: FigureBordersStore, shipped: () => Borders | undefined) {
    this.#store = store;
    this.#shipped = shipped;
  }

  /**
   * @param known FG125: under which hash whoever asks has some
   * @returns the answer in JSON, without borders where maps are tiles; the same buffer for all who ask (FG107)
   * @throws DomainError `forbidden`, `not-found`: they were altered
   */
  async read(account: Account, known?: string): Promise<Buffer> {
    demand(account, 'figure.read', at(account.unit.path));
    const id = await this.#store.newest();
    if (id === undefined) return toldOf(this.#writtenOfShipped(account), known);
    if (this.#last?.id !== id) this.#last = { id, written: this.#write(id) };
    const last = this.#last;
    // What could not be read is read again when it is asked for.
    last.written.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    const written = await last.written;
    if (!written)
      throw refuse('not-found', {
        vi: 'Ranh giới trên bản đồ không còn là bản đã được đưa vào',
        en: 'the borders of the map are not those that were put there',
      });
    return toldOf(written, known);
  }

  /** They are of provinces: a map of one of them is tiles. */
  #writtenOfShipped({ unit }: Account): Written {
    const borders = unit.path.includes('.') ? undefined : this.#shipped();
    if (!borders) return NONE;
    if (this.#ofShipped?.borders !== borders) this.#ofShipped = { borders, written: answerOf(JSON.stringify(borders)) };
    return this.#ofShipped.written;
  }

  /** FG121, FG122: by which what is on a stage is drawn, and what reads them; undefined: its maps are tiles. */
  async drawn(
    stage: FigureStageMark,
  ): Promise<{ readonly id: number; readonly read: () => Promise<Borders | undefined> } | undefined> {
    const id = await this.#store.newestAt(stage);
    if (id === undefined) return this.#shipped() && { id: SHIPPED, read: async () => this.#shipped() };
    return {
      id,
      read: async () => {
        const drawn = await this.#store.read(id);
        return drawn ? (JSON.parse(drawn) as Borders) : undefined;
      },
    };
  }

  async #write(id: number): Promise<Written | undefined> {
    const drawn = await this.#store.read(id);
    return drawn === undefined ? undefined : answerOf(drawn);
  }
}

/** Number of those that ship with the program: before all that were ever given. */
const SHIPPED = 0;
const toldOf = ({ sha256, name, whole }: Written, known: string | undefined): Buffer =>
  known !== undefined && known === sha256 ? name : whole;

const NONE: Written = { whole: Buffer.from('{"borders":null}'), name: Buffer.from('{}'), sha256: undefined };

function answerOf(drawn: string | null): Written {
  if (drawn === null) return NONE;
  const sha256 = hash('sha256', drawn, 'hex');
  return {
    sha256,
    whole: Buffer.from(`{"sha256":"${sha256}","borders":${drawn}}`),
    name: Buffer.from(`{"sha256":"${sha256}"}`),
  };
}
