import { refuse } from '../../protocol/errors.ts';
import type { BatchAnswer, FigureRow } from '../../protocol/figureBatch.ts';
import type { FigureSource } from '../../protocol/figureDefinition.ts';
import { BATCH_ROWS } from '../../protocol/limits.ts';
import { IntakeGate } from './IntakeGate.ts';
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
  readonly #gate = new IntakeGate();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * FG48: before anything of a batch is read. @param work reads it, and takes it
   * @throws DomainError `rate-limited`, `node-full`
   */
  admit<T>({ code }: Pick<FigureSource, 'code'>, work: () => Promise<T>): Promise<T> {
    return this.#gate.pass(code, work);
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
    const answer = await this.#gate.inTurn(async () =>
      this.#parts.store.take(await this.#toTake(source, rows, ask), this.#parts.tree()),
    );
    if (answer.n !== null) this.#parts.committed(answer.n);
    return answer;
  }

  /** FG74: what would become of it, and which values it would change. @throws as `take`, but for `conflict` */
  tryOut(source: FigureSource, rows: readonly FigureRow[], ask: Omit<BatchToTake, 'source' | 'rows'>) {
    return this.#gate.inTurn(async () =>
      this.#parts.store.tryOut(await this.#toTake(source, rows, ask), this.#parts.tree()),
    );
  }

  async #toTake(
    source: FigureSource,
    rows: readonly FigureRow[],
    ask: Omit<BatchToTake, 'source' | 'rows'>,
  ): Promise<BatchToTake> {
    if (rows.length > BATCH_ROWS)
      throw refuse('too-large', {
        vi: `Một lô có nhiều nhất ${BATCH_ROWS} dòng, lô này có ${rows.length}`,
        en: `a batch has at most ${BATCH_ROWS} rows, and this one ${rows.length}`,
      });
    const { known, unknown } = inOwnCodes(rows, (await this.#parts.codes?.of(source.code)) ?? OURS);
    return { ...ask, source, rows: known, unread: [...(ask.unread ?? []), ...unknown] };
  }
}
