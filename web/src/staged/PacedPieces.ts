/** How something large comes in pieces. */
export interface Fetching<T> {
  /** So much after so much else. */
  read(from: number, most: number): Promise<T>;
  /** How much is in a piece, and how much there is of all. */
  measure(piece: T): { readonly had: number; readonly of: number };
  /** Leaves the line to others. */
  pause(ms: number): Promise<unknown>;
  /** ms */
  now(): number;
  readonly first: number;
  readonly most: number;
  /** FG121: sizes in which it came to this browser before, which has kept it under these. */
  readonly before?: readonly number[];
  /** One more has come, all of them in these sizes. */
  readonly came?: (sizes: readonly number[]) => void;
}

/** What a line has brought within this time did not wait behind anything of its own. */
const QUICK_MS = 100;

/**
 * FG108: pieces as large as the line carries quickly: what is sent at once waits in the line, and sound behind it. A slow line
 * stands still for a quarter of the time that each piece took. What came is kept when one does not.
 */
export class PacedPieces<T> {
  readonly #use: Fetching<T>;
  readonly #pieces: T[] = [];
  readonly #sizes: number[] = [];
  #had = 0;
  #most: number;

  constructor(use: Fetching<T>) {
    this.#use = use;
    this.#most = use.first;
  }

  /** All of them; after a failure it goes on where it was. */
  async all(): Promise<readonly T[]> {
    const { first, most, before = [], came } = this.#use;
    // One that took its time was not.
    let isKept = true;
    for (;;) {
      if (isKept) this.#most = before[this.#sizes.length] ?? this.#most;
      const began = this.#use.now();
      const piece = await this.#use.read(this.#had, this.#most);
      const tookMs = this.#use.now() - began;
      const { had, of } = this.#use.measure(piece);
      this.#pieces.push(piece);
      this.#sizes.push(this.#most);
      came?.(this.#sizes);
      this.#had += had;
      if (this.#had >= of || had === 0) return this.#pieces;
      if (tookMs < QUICK_MS) this.#most = Math.min(2 * this.#most, most);
      else {
        isKept = false;
        this.#most = Math.max(this.#most / 2, first);
        await this.#use.pause(tookMs / 4);
      }
    }
  }
}
