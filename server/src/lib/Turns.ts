/** Work of which so much is under way at once; the rest waits in its order, and what comes beyond that is refused. */
export class Turns {
  readonly #atOnce: number;
  readonly #most: number;
  readonly #full: () => unknown;
  readonly #waiting: (() => void)[] = [];
  #under = 0;

  /** @param options.waiting so much of it; to what comes then `full` says why it is not taken */
  constructor({ atOnce, waiting, full }: { atOnce: number; waiting: number; full: () => unknown }) {
    this.#atOnce = atOnce;
    this.#most = waiting;
    this.#full = full;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#under < this.#atOnce) this.#under += 1;
    else if (this.#waiting.length >= this.#most) throw this.#full();
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#under -= 1;
    }
  }
}
