import { Turns } from './Turns.ts';

/** Work on many things, of each of which so much is under way at once; the rest waits in its order, however much it is. */
export class TurnsOf {
  readonly #atOnce: number;
  readonly #things = new Map<string, { readonly turns: Turns; works: number }>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  async take<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const of = this.#things.get(thing) ?? { turns: this.#turns(), works: 0 };
    this.#things.set(thing, of);
    of.works += 1;
    try {
      return await of.turns.take(work);
    } finally {
      of.works -= 1;
      if (of.works === 0) this.#things.delete(thing);
    }
  }

  /** Things on which something is under way. */
  get size(): number {
    return this.#things.size;
  }

  #turns(): Turns {
    const full = () => new Error('more waits than there may be');
    return new Turns({ atOnce: this.#atOnce, waiting: Number.POSITIVE_INFINITY, full });
  }
}
