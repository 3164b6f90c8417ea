/** Paths between nodes that are broken, either way, as far as it is known. */
export class BrokenPaths {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @param forMs after which it is tried again */
  add(a: string, b: string, forMs = Number.POSITIVE_INFINITY): void {
    for (const [pair, until] of this.#until) if (until <= this.#now()) this.#until.delete(pair);
    this.#until.set(pairOf(a, b), this.#now() + forMs);
  }

  has(a: string, b: string): boolean {
    return (this.#until.get(pairOf(a, b)) ?? Number.NEGATIVE_INFINITY) > this.#now();
  }
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
