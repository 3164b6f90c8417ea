import { Quotas } from '../../../lib/Quotas.ts';

/** CL43: whose acts other nodes have to count. */
export const TOLD_FROM = 15;

interface Spent {
  /** Here, in the window that goes on. */
  acts: number;
  until: number;
  /** Here, since other nodes were told. */
  untold: number;
  /** Elsewhere. */
  readonly heard: Heard[];
}

/** CL50: each counts for a whole window, so that none is forgotten with a window that ends as it is heard of. */
interface Heard {
  readonly acts: number;
  readonly until: number;
}

/**
 * CH5: counts acts by account, whatever its devices, connections and nodes: those of here in windows that begin with the
 * first of them.
 */
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
      const now = this.#now();
      this.#of(account, now).heard.push({ acts, until: now + this.#windowMs });
    });
  }

  /** @returns how many it has spent, with this one, and how long all of them count, ms */
  spend(account: string): { readonly acts: number; readonly leftMs: number } {
    const now = this.#now();
    const spent = this.#of(account, now);
    spent.acts += 1;
    spent.untold += 1;
    const acts = spent.heard.reduce((sum, heard) => sum + heard.acts, spent.acts);
    if (acts >= TOLD_FROM) {
      this.#tell(account, spent.untold);
      spent.untold = 0;
    }
    return { acts, leftMs: Math.max(spent.until, ...spent.heard.map(({ until }) => until)) - now };
  }

  #of(account: string, now: number): Spent {
    if (now >= this.#cleanAt) this.#clean(now);
    const known = this.#spent.get(account);
    const heard = known?.heard.filter(({ until }) => now < until) ?? [];
    const window = known && now < known.until ? known : { acts: 0, until: now + this.#windowMs, untold: 0 };
    const spent = { ...window, heard };
    this.#spent.set(account, spent);
    return spent;
  }

  #clean(now: number): void {
    for (const [account, { until, heard }] of this.#spent)
      if (now >= until && heard.every((one) => now >= one.until)) this.#spent.delete(account);
    this.#cleanAt = now + this.#windowMs;
  }
}
