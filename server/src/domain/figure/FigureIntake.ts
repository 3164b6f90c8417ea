import { refuse } from '../../protocol/errors.ts';
import type { BatchAnswer, FigureRow, FigureSource } from '../../protocol/figure.ts';
import { BATCH_ROWS } from '../../protocol/limits.ts';
import { inOwnCodes, type SourceCodes } from './ownCodes.ts';
import type { FigureTree } from './placeRows.ts';
import type { BatchToTake, FigureIntakeStore } from './ports.ts';

const OURS: SourceCodes = { indicator: new Map(), unit: new Map() };

interface Parts {
  readonly store: FigureIntakeStore;
  /** The tree of this moment. */
  readonly tree: () => FigureTree;
  /** FG45; without it, all use the codes of this installation. */
  readonly codes?: { of(source: string): Promise<SourceCodes> };
  /** Something was recorded, and stands at this N. */
  readonly committed: (n: number) => void;
}

/** The one way in which figures come in, whatever brings them. */
export class FigureIntake {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * FG5, FG6. Resolves after the commit. Rows that are refused are in the answer.
   * @param source who has proven to be it; what it may write is decided by what is on record of it
   * @throws DomainError `too-large`, `conflict`, `forbidden`, `store-unavailable`
   */
  async take(
    source: FigureSource,
    rows: readonly FigureRow[],
    ask: Omit<BatchToTake, 'source' | 'rows'>,
  ): Promise<BatchAnswer> {
    if (rows.length > BATCH_ROWS)
      throw refuse('too-large', `a batch has at most ${BATCH_ROWS} rows, and this one ${rows.length}`);
    const { known, unknown } = inOwnCodes(rows, (await this.#parts.codes?.of(source.code)) ?? OURS);
    const batch = { ...ask, source, rows: known, unread: [...(ask.unread ?? []), ...unknown] };
    const answer = await this.#parts.store.take(batch, this.#parts.tree());
    if (answer.n !== null) this.#parts.committed(answer.n);
    return answer;
  }
}
