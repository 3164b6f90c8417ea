/** A snapshot that is replaced, never changed, and those who want to know; fits `useSyncExternalStore`. */
export class Store<S> {
  #snapshot: S;
  readonly #listeners = new Set<() => void>();

  constructor(initial: S) {
    this.#snapshot = initial;
  }

  readonly get = (): S => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(change: Partial<S>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** What a component may read of a store. */
export type Readable<S> = Pick<Store<S>, 'get' | 'subscribe'>;
