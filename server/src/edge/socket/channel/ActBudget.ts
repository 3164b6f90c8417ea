interface Spent {
  acts: number;
  until: number;
}

/** Counts acts by device, in windows that begin with the first of them. */
export class ActBudget {
  readonly #windowMs: number;
  readonly #spent = new Map<string, Spent>();
  #cleanAt = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * @param now milliseconds of any clock that only goes forward @returns how many it has spent in its window, with this
   *   one
   */
  spend(device: string, now: number): number {
    if (now >= this.#cleanAt) this.#clean(now);
    let spent = this.#spent.get(device);
    if (!spent || now >= spent.until) {
      spent = { acts: 0, until: now + this.#windowMs };
      this.#spent.set(device, spent);
    }
    spent.acts += 1;
    return spent.acts;
  }

  #clean(now: number): void {
    for (const [device, { until }] of this.#spent) if (now >= until) this.#spent.delete(device);
    this.#cleanAt = now + this.#windowMs;
  }
}
