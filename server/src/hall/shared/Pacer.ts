/** Steps that are begun in one turn of the loop, and that run at one time. */
const AT_ONCE = 32;

/**
 * Begins steps in the order they came, a few in each turn of the loop: what thousands of viewers need at the same
 * moment (an offer each, after one track came or went) neither holds the loop nor floods the media workers.
 */
export class Pacer {
  readonly #waiting = new Set<() => Promise<unknown>>();
  #running = 0;
  #scheduled = false;

  /** @param step must not reject */
  add(step: () => Promise<unknown>): void {
    this.#waiting.add(step);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#begin());
  }

  #begin(): void {
    this.#scheduled = false;
    for (const step of this.#waiting) {
      if (this.#running >= AT_ONCE) return;
      this.#waiting.delete(step);
      this.#running += 1;
      void step().finally(() => {
        this.#running -= 1;
        if (this.#waiting.size > 0) this.#schedule();
      });
    }
  }
}
