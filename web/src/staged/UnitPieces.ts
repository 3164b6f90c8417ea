import { STAGED_PIECE, type StagedContent, type StagedPiece } from '../api/contract.ts';

type Named = NonNullable<StagedContent['communes']>;

interface Fetching {
  /** So many after so many others. */
  read(from: number, most: number): Promise<StagedPiece>;
  /** Leaves the line to others. */
  pause(ms: number): Promise<unknown>;
  /** A piece is there: of all units so many. */
  came(had: number, of: number): void;
  /** ms */
  now(): number;
}

/** What a line has brought within this time did not wait behind anything of its own. */
const QUICK_MS = 100;

/**
 * FG108: units by name in pieces, as large as the line carries quickly: what is sent at once waits in the line, and sound
 * behind it. A slow line stands still for a quarter of the time that each piece took. What came is kept when one does not.
 */
export class UnitPieces {
  readonly #use: Fetching;
  readonly #units: string[] = [];
  readonly #names: string[] = [];
  readonly #values: (number | null)[] = [];
  #states = '';
  #most = STAGED_PIECE.first;

  constructor(use: Fetching) {
    this.#use = use;
  }

  /** All of them; after a failure it goes on where it was. */
  async all(): Promise<Named> {
    for (;;) {
      const began = this.#use.now();
      const { of, units, names, values, states } = await this.#use.read(this.#units.length, this.#most);
      const tookMs = this.#use.now() - began;
      this.#units.push(...units);
      this.#names.push(...names);
      this.#values.push(...values);
      this.#states += states;
      this.#use.came(this.#units.length, of);
      if (this.#units.length >= of || units.length === 0)
        return { units: this.#units, names: this.#names, values: this.#values, states: this.#states };
      if (tookMs < QUICK_MS) this.#most = Math.min(2 * this.#most, STAGED_PIECE.most);
      else {
        this.#most = Math.max(this.#most / 2, STAGED_PIECE.first);
        await this.#use.pause(tookMs / 4);
      }
    }
  }
}
