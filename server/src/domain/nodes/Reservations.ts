import { MEASURED_AFTER_MS, RESERVED_MS } from './limits.ts';

/** PL8: viewers that one node has sent to nodes and that are not in the load of these yet. Cheap at any number of them. */
export class Reservations {
  readonly #now: () => number;
  /** In the order in which they were made or renewed; so those that end first are not far from the front. */
  readonly #places = new Map<string, { readonly boot: string; readonly until: number }>();

  /** @param now ms of any clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whoever asks again has one place, the last. */
  reserve(viewer: string, boot: string): void {
    this.#set(viewer, boot, this.#now() + RESERVED_MS);
  }

  /** @returns where they had a place until now */
  cancel(viewer: string): string | undefined {
    const had = this.#places.get(viewer);
    this.#places.delete(viewer);
    return had && had.until > this.#now() ? had.boot : undefined;
  }

  /** They are at that node, or at another one than they were sent to. */
  came(viewer: string, boot: string): void {
    if (this.#places.has(viewer)) this.#set(viewer, boot, this.#now() + MEASURED_AFTER_MS);
  }

  /** How many each node is to expect. */
  expected(): Map<string, number> {
    const now = this.#now();
    const counts = new Map<string, number>();
    for (const [viewer, { boot, until }] of this.#places)
      if (until <= now) this.#places.delete(viewer);
      else counts.set(boot, (counts.get(boot) ?? 0) + 1);
    return counts;
  }

  #set(viewer: string, boot: string, until: number): void {
    this.#places.delete(viewer);
    this.#places.set(viewer, { boot, until });
  }
}
