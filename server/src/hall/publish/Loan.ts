import type { Publication } from './Publication.ts';

/**
 * CB1: what others still have of a connection that another one has taken the place of. Its media lives as long as the
 * peer of that connection, which is over as soon as each track was sent again, or has ended: with those of later
 * connections it has nothing to do.
 */
export class Loan {
  readonly #left: Set<Publication>;
  readonly #over: () => void;
  readonly #since: number;

  /** @param over told once, at once when there is nothing to lend */
  constructor(publications: Iterable<Publication>, over: () => void, now = performance.now()) {
    this.#left = new Set(publications);
    this.#over = over;
    this.#since = now;
    if (this.#left.size === 0) over();
  }

  /** How long, ms, it has gone on by now. */
  get age(): number {
    return performance.now() - this.#since;
  }

  settle(publication: Publication): void {
    if (this.#left.delete(publication) && this.#left.size === 0) this.#over();
  }
}
