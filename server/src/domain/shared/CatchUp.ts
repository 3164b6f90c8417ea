import { tryAll } from '../../lib/tryAll.ts';

/** What hints have lost is found this late at most, and so is a deadline of which Redis lost the job (DL10). */
export const CATCH_UP_EVERY_MS = 2_000;

/** What one kind of thing needs, so that this node learns how far it has come. */
export interface CatchUpParts<M> {
  /** What the mark is about: of one thing one reading is under way at a time. */
  readonly idOf: (mark: M) => string;
  /** Whether this node knows less than the mark says. Marks may come late, twice and in any order. */
  readonly isBehind: (mark: M) => boolean;
  /** Takes over what is missing, from the store where the mark itself does not say it. */
  readonly read: (mark: M) => Promise<void> | void;
  /** By the store: how far everything is that may concern this node. */
  readonly marks: () => Promise<readonly M[]>;
}

/**
 * The one way in which a node learns what others have done: a mark says how far a thing has come, whoever is behind
 * reads it. Hints bring marks at once and may be lost; the sweep asks the store for all of them.
 */
export class CatchUp<M> {
  readonly #parts: CatchUpParts<M>;
  readonly #reading = new Map<string, Promise<void>>();

  constructor(parts: CatchUpParts<M>) {
    this.#parts = parts;
  }

  /** Resolves when this node knows as much as the mark says, or has tried to. */
  async hint(mark: M): Promise<void> {
    const { idOf, isBehind, read } = this.#parts;
    if (!isBehind(mark)) return;
    const id = idOf(mark);
    const under = this.#reading.get(id);
    // What is being read may be enough; what went wrong there is told to whoever began it.
    if (under) await under.catch(() => undefined);
    if (!isBehind(mark)) return;
    const reading = this.#reading.get(id) ?? Promise.resolve(read(mark));
    this.#reading.set(id, reading);
    try {
      await reading;
    } finally {
      if (this.#reading.get(id) === reading) this.#reading.delete(id);
    }
  }

  /**
   * What hints have lost. What cannot be read keeps nobody from the others, and is read again by the next sweep.
   * @param then what follows from the store's marks, also where one of them could not be read; `before` is what this node
   * had when the store was asked, of which alone it may be over what no mark names
   * @throws what could not be read, when all that is done
   */
  async sweep<K = never>(
    then: (marks: readonly M[], before: readonly K[]) => unknown = () => undefined,
    known: () => Iterable<K> = () => [],
  ): Promise<void> {
    const before = [...known()];
    const marks = await this.#parts.marks();
    await tryAll([...marks.map((mark) => () => this.hint(mark)), () => then(marks, before)]);
  }
}
