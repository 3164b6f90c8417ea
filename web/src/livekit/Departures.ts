import { MOST_SILENT_NODES } from '@dieu-hanh/server/protocol';

const FIRST_MS = 1_000;
const SLOWEST_MS = 10_000;

/**
 * PL10: which nodes a page has left or did not reach since something last came. It waits before it asks for another: not at
 * all after one from which something came, since pages look at different moments anyway; then longer with each that it left
 * and from which nothing ever did.
 */
export class Departures {
  #inRow = 0;
  #silent: readonly string[] = [];
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Where nobody was reached, the last one last. */
  get silent(): readonly string[] {
    return this.#silent;
  }

  /** Something came from the node where it is. */
  came(): void {
    this.#inRow = 0;
    this.#silent = [];
  }

  /** @param url of a node, as `/join` has named it */
  missed(url: string): void {
    this.#silent = [...this.#silent.filter((other) => other !== url), url].slice(-MOST_SILENT_NODES);
  }

  /** It leaves. @returns milliseconds, with full jitter */
  left(): number {
    const times = this.#inRow++;
    return times === 0 ? 0 : Math.round(this.#random() * Math.min(SLOWEST_MS, FIRST_MS * 2 ** (times - 1)));
  }
}
