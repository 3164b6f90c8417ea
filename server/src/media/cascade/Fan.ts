/** Something that exists in one place and is copied to others on demand. */
export interface Copy {
  readonly closed: boolean;
  onClose(listener: () => void): void;
}

/**
 * Copies of one track, at most one per place (a router of another worker). Whoever comes while a copy is being
 * made waits for the same one; a copy that failed or closed is forgotten, so that the next one to ask makes it anew.
 */
export class Fan<Place, C extends Copy> {
  readonly #pull: (place: Place) => Promise<C>;
  readonly #copies = new Map<Place, Promise<C>>();

  constructor(pull: (place: Place) => Promise<C>) {
    this.#pull = pull;
  }

  get size(): number {
    return this.#copies.size;
  }

  at(place: Place): Promise<C> {
    const known = this.#copies.get(place);
    if (known !== undefined) return known;
    const making = this.#pull(place);
    const forget = () => {
      if (this.#copies.get(place) === making) this.#copies.delete(place);
    };
    this.#copies.set(place, making);
    making.then((copy) => (copy.closed ? forget() : copy.onClose(forget)), forget);
    return making;
  }
}
