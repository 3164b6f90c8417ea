interface Under<T> {
  readonly reading: Promise<T>;
  next: Promise<T> | undefined;
}

/**
 * Reads that many want at once. Who asks while one is under way shares the next with all who do, since the one under way may
 * lack what has come meanwhile.
 */
export class SharedReads<T> {
  readonly #under = new Map<string, Under<T>>();

  /** @param key of what is read: under one key `read` gives the same to all */
  read(key: string, read: () => Promise<T>): Promise<T> {
    const under = this.#under.get(key);
    if (!under) return this.#begin(key, read);
    const after = () => this.#begin(key, read);
    under.next ??= under.reading.then(after, after);
    return under.next;
  }

  #begin(key: string, read: () => Promise<T>): Promise<T> {
    const under: Under<T> = { reading: read(), next: undefined };
    this.#under.set(key, under);
    const ended = () => {
      if (!under.next) this.#under.delete(key);
    };
    under.reading.then(ended, ended);
    return under.reading;
  }
}
