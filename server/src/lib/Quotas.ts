/** So much was spent of a limit by somebody. */
export type Spent = readonly [limit: string, key: string, amount: number];

/** Told to others in one message at most; the rest with the next. */
const MOST_TOLD = 1_000;

/**
 * CL43: limits that count for all nodes. Each counts for itself, so nobody waits for another node, and tells the others
 * what was spent by those who are on their way to a limit.
 */
export class Quotas {
  readonly #limits = new Map<string, (key: string, amount: number) => void>();
  readonly #untold = new Map<string, Spent>();
  readonly #news: () => void;

  /** @param news there is something to tell, so `takeNews` will be asked */
  constructor(news: () => void = () => undefined) {
    this.#news = news;
  }

  /** @param charge takes what was spent elsewhere @returns to be told what was spent here */
  share(limit: string, charge: (key: string, amount: number) => void): (key: string, amount: number) => void {
    this.#limits.set(limit, charge);
    return (key, amount) => {
      const id = `${limit} ${key}`;
      this.#untold.set(id, [limit, key, amount + (this.#untold.get(id)?.[2] ?? 0)]);
      this.#news();
    };
  }

  takeNews(): Spent[] {
    const news = [...this.#untold].slice(0, MOST_TOLD);
    for (const [id] of news) this.#untold.delete(id);
    if (this.#untold.size > 0) this.#news();
    return news.map(([, spent]) => spent);
  }

  hear(news: readonly Spent[]): void {
    for (const [limit, key, amount] of news) this.#limits.get(limit)?.(key, amount);
  }
}
