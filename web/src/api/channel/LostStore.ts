/** Refused for so long, ms, it is no moment in which a store changes hands. */
const LOST_MS = 4_000;
/** Whoever has changed nodes for this stays for so long, ms: the next one may lack the same. */
const STAY_MS = 30_000;

/** Notices that acts are refused since this node does not reach a store, while the site has nodes that do. (CH18) */
export class LostStore {
  readonly #isReady: () => Promise<boolean>;
  readonly #now: () => number;
  #since: number | undefined;
  #leftAt = Number.NEGATIVE_INFINITY;

  /** @param isReady whether the site says that it is ready: a balancer asks a node that is @param now a clock that is never set, ms */
  constructor(isReady: () => Promise<boolean>, now: () => number = () => performance.now()) {
    this.#isReady = isReady;
    this.#now = now;
  }

  /** An act was done. */
  took(): void {
    this.#since = undefined;
  }

  /** An act was refused since a store is not reached. @returns whether to connect to another node */
  async refused(): Promise<boolean> {
    const now = this.#now();
    this.#since ??= now;
    if (now - this.#since < LOST_MS || now - this.#leftAt < STAY_MS) return false;
    this.#leftAt = now;
    return this.#isReady();
  }
}
