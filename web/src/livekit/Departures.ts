import { MOST_SILENT_NODES } from '@dieu-hanh/server/protocol';

const FIRST_MS = 1_000;
const SLOWEST_MS = 10_000;
/** PL26: a page that left an unfit node stays where it is for so long, since the next one may lack the same media. */
const STAY_MS = 30_000;

/**
 * PL10: which nodes a page has left or did not reach since something last came. It waits before it asks for another: not at
 * all after one from which something came, since pages look at different moments anyway; then longer with each that it left
 * and from which nothing ever did.
 */
export class Departures {
  #inRow = 0;
  #silent: readonly string[] = [];
  #leftUnfitAt = Number.NEGATIVE_INFINITY;
  readonly #random: () => number;
  readonly #now: () => number;

  /** @param now a clock that never goes back, milliseconds */
  constructor(random: () => number = Math.random, now: () => number = () => performance.now()) {
    this.#random = random;
    this.#now = now;
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

  /** Whether the page may leave a node that is unfit now; if so, not again for half a minute. (PL26) */
  leavesUnfit(): boolean {
    const now = this.#now();
    if (now - this.#leftUnfitAt < STAY_MS) return false;
    this.#leftUnfitAt = now;
    return true;
  }

  /** It leaves. @returns milliseconds, with full jitter */
  left(): number {
    const times = this.#inRow++;
    return times === 0 ? 0 : Math.round(this.#random() * Math.min(SLOWEST_MS, FIRST_MS * 2 ** (times - 1)));
  }
}
