import { STAGED_PIECE, type StagedContent, type StagedPiece } from '../api/contract.ts';
import { type Fetching, PacedPieces } from './PacedPieces.ts';

type Named = NonNullable<StagedContent['communes']>;

interface FetchingUnits extends Pick<Fetching<StagedPiece>, 'read' | 'pause' | 'now'> {
  /** A piece is there: of all units so many. */
  came(had: number, of: number): void;
}

/** FG108: units by name. */
export class UnitPieces {
  readonly #pieces: PacedPieces<StagedPiece>;

  constructor({ came, ...use }: FetchingUnits) {
    let known = 0;
    this.#pieces = new PacedPieces({
      ...{ ...use, ...STAGED_PIECE },
      measure: ({ units, of }) => {
        known += units.length;
        came(known, of);
        return { had: units.length, of };
      },
    });
  }

  /** All of them; after a failure it goes on where it was. */
  async all(): Promise<Named> {
    const pieces = await this.#pieces.all();
    return {
      units: pieces.flatMap(({ units }) => units),
      names: pieces.flatMap(({ names }) => names),
      values: pieces.flatMap(({ values }) => values),
      states: pieces.map(({ states }) => states).join(''),
    };
  }
}
