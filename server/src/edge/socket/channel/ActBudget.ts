import { Quotas } from '../../../lib/Quotas.ts';

/** CL43: whose acts other nodes have to count. */
export const TOLD_FROM = 15;

interface Spent {
  acts: number;
  until: number;
  /** Here, since other nodes were told. */
  untold: number;
}

/** CH5: counts acts by account, whatever its devices, connections and nodes, in windows that begin with the first of them. */
export class ActBudget {
  readonly #windowMs: number;
  readonly #spent = new Map<string, Spent>();
  readonly #tell: (account: string, acts: number) => void;
  readonly #now: () => number;
  #cleanAt = 0;

  /** @param now milliseconds of any clock that only goes forward */
  constructor(windowMs: number, quotas: Quotas = new Quotas(), now: () => number = () => performance.now()) {
    this.#windowMs = windowMs;
    this.#now = now;
    this.#tell = quotas.share('acts', (account, acts) => {
      this.#of(account, this.#now()).acts += acts;
    });
  }

  /** @returns how many it has spent in its window, with this one, and how long that goes on, ms */
  spend(account: string): { readonly acts: number; readonly leftMs: number } {
    const now = this.#now();
    const spent = this.#of(account, now);
    spent.acts += 1;
    spent.untold += 1;
    if (spent.acts >= TOLD_FROM) {
      this.#tell(account, spent.untold);
      spent.untold = 0;
    }
    return { acts: spent.acts, leftMs: spent.until - now };
  }

  #of(account: string, now: number): Spent {
    if (now >= this.#cleanAt) this.#clean(now);
    const known = this.#spent.get(account);
    if (known && now < known.until) return known;
    const spent = { acts: 0, until: now + this.#windowMs, untold: 0 };
    this.#spent.set(account, spent);
    return spent;
  }

  #clean(now: number): void {
    for (const [account, { until }] of this.#spent) if (now >= until) this.#spent.delete(account);
    this.#cleanAt = now + this.#windowMs;
  }
}
