import { MEASURED_AFTER_MS, RESERVED_MS, RESERVED_OF_ONE } from './limits.ts';

interface Place {
  readonly boot: string;
  readonly until: number;
  /** Whose it is. */
  readonly of: string;
}

/** PL8: viewers that one node has sent to nodes and that are not in the load of these yet. Cheap at any number of them. */
export class Reservations {
  readonly #now: () => number;
  /** In the order in which they were made or renewed; so those that end first are not far from the front. */
  readonly #places = new Map<string, Place>();
  /** Viewers by whose they are, likewise. */
  readonly #of = new Map<string, Set<string>>();

  /** @param now ms of any clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Whoever asks again has one place, the last. @param of the account whose device it is: one that makes up devices takes
   * nobody else's place by them
   */
  reserve(viewer: string, boot: string, of: string = viewer): void {
    this.#set(viewer, { boot, until: this.#now() + RESERVED_MS, of });
    const [oldest, ...more] = this.#of.get(of) ?? [];
    if (oldest !== undefined && more.length >= RESERVED_OF_ONE) this.#drop(oldest);
  }

  /** @returns where they had a place until now */
  cancel(viewer: string): string | undefined {
    const had = this.#drop(viewer);
    return had && had.until > this.#now() ? had.boot : undefined;
  }

  /** They are at that node, or at another one than they were sent to. */
  came(viewer: string, boot: string): void {
    const had = this.#places.get(viewer);
    if (had) this.#set(viewer, { boot, until: this.#now() + MEASURED_AFTER_MS, of: had.of });
  }

  /** How many each node is to expect. */
  expected(): Map<string, number> {
    const now = this.#now();
    const counts = new Map<string, number>();
    for (const [viewer, { boot, until }] of this.#places)
      if (until <= now) this.#drop(viewer);
      else counts.set(boot, (counts.get(boot) ?? 0) + 1);
    return counts;
  }

  #set(viewer: string, place: Place): void {
    this.#drop(viewer);
    this.#places.set(viewer, place);
    const all = this.#of.get(place.of) ?? new Set();
    this.#of.set(place.of, all.add(viewer));
  }

  #drop(viewer: string): Place | undefined {
    const had = this.#places.get(viewer);
    if (!had) return undefined;
    this.#places.delete(viewer);
    const all = this.#of.get(had.of);
    all?.delete(viewer);
    if (all?.size === 0) this.#of.delete(had.of);
    return had;
  }
}
