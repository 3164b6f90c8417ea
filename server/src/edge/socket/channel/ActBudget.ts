interface Spent {
  acts: number;
  until: number;
}

/** Counts acts by account, whatever its devices and connections, in windows that begin with the first of them. */
export class ActBudget {
  readonly #windowMs: number;
  readonly #spent = new Map<string, Spent>();
  #cleanAt = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * @param now milliseconds of any clock that only goes forward
   * @returns how many it has spent in its window, with this one, and how long that goes on, ms
   */
  spend(account: string, now: number): { readonly acts: number; readonly leftMs: number } {
    if (now >= this.#cleanAt) this.#clean(now);
    let spent = this.#spent.get(account);
    if (!spent || now >= spent.until) {
      spent = { acts: 0, until: now + this.#windowMs };
      this.#spent.set(account, spent);
    }
    spent.acts += 1;
    return { acts: spent.acts, leftMs: spent.until - now };
  }

  #clean(now: number): void {
    for (const [account, { until }] of this.#spent) if (now >= until) this.#spent.delete(account);
    this.#cleanAt = now + this.#windowMs;
  }
}
