import type { Deck } from '../../protocol/slides.ts';
import { SHELF_BYTES, SHELF_DECKS } from './limits.ts';
import type { SlideImage, SlideStore } from './ports.ts';

/**
 * Decks and pictures that are asked for now, in memory: eleven thousand who turn a page ask the store once. What is
 * complete never changes, so nothing here grows old; the oldest makes room.
 */
export class Shelf {
  readonly #store: Pick<SlideStore, 'deck' | 'image'>;
  readonly #decks = new Map<string, Promise<Deck | undefined>>();
  readonly #images = new Map<string, Promise<SlideImage | undefined>>();
  readonly #sizes = new Map<string, number>();
  readonly #most: number;
  #bytes = 0;

  constructor(store: Pick<SlideStore, 'deck' | 'image'>, most = SHELF_BYTES) {
    this.#store = store;
    this.#most = most;
  }

  /** One that is not complete, or not shown yet, is read anew each time. */
  async deck(id: string): Promise<Deck | undefined> {
    const reading = this.#decks.get(id) ?? this.#store.deck(id);
    this.#decks.set(id, reading);
    const forget = () => {
      if (this.#decks.get(id) === reading) this.#decks.delete(id);
    };
    reading.then((deck) => deck?.shown || forget(), forget);
    const [oldest] = this.#decks.keys();
    if (this.#decks.size > SHELF_DECKS && oldest !== undefined) this.#decks.delete(oldest);
    return reading;
  }

  async image(sha256: string): Promise<SlideImage | undefined> {
    const known = this.#images.get(sha256);
    // What was asked for last goes last.
    if (known) this.#images.delete(sha256);
    const reading = known ?? this.#store.image(sha256);
    this.#images.set(sha256, reading);
    if (!known)
      reading.then(
        (image) => (image ? this.#keep(sha256, image.bytes.length) : this.#drop(sha256)),
        () => this.#drop(sha256),
      );
    return reading;
  }

  #keep(sha256: string, size: number): void {
    this.#sizes.set(sha256, size);
    this.#bytes += size;
    for (const oldest of this.#images.keys()) {
      if (this.#bytes <= this.#most) return;
      if (this.#sizes.has(oldest)) this.#drop(oldest);
    }
  }

  #drop(sha256: string): void {
    this.#images.delete(sha256);
    this.#bytes -= this.#sizes.get(sha256) ?? 0;
    this.#sizes.delete(sha256);
  }
}
