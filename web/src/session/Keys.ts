/** One key for each thing that somebody wants, until it is done. */
export class Keys {
  readonly #keys = new Map<string, string>();

  of(wish: string): string {
    const key = this.#keys.get(wish) ?? crypto.randomUUID();
    this.#keys.set(wish, key);
    return key;
  }

  done(wish: string): void {
    this.#keys.delete(wish);
  }
}
