const FIRST_MS = 1_000;
const SLOWEST_MS = 10_000;

/**
 * PL10: how long a page waits before it asks for another node: not at all after one from which something came, since
 * pages look at different moments anyway; then longer with each that it left and from which nothing ever did.
 */
export class Departures {
  #inRow = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Something came from the node where it is. */
  came(): void {
    this.#inRow = 0;
  }

  /** It leaves. @returns milliseconds, with full jitter */
  left(): number {
    const times = this.#inRow++;
    return times === 0 ? 0 : Math.round(this.#random() * Math.min(SLOWEST_MS, FIRST_MS * 2 ** (times - 1)));
  }
}
