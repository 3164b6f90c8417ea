import { isPassing } from '../api/ApiError.ts';
import type { Deck } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';
import { pagePlan, type Wanted } from './pagePlan.ts';

export interface Drawn {
  readonly page: number;
  readonly sharp: boolean;
  readonly picture: ImageBitmap;
}

interface Wishes {
  readonly deck: Deck;
  readonly page: number;
  readonly pixels: number;
}

/** Everybody has the page that is shown; the next one may come a little later, and not to all at once. */
const SPREAD_MS = 1500;

/**
 * Fetches pictures of pages one after the other, by `pagePlan`, and tells when there is something to draw for the page
 * that is shown. A new wish begins at its own front; what is on its way and still wanted goes on.
 */
export class PagePictures {
  readonly #load: (deck: string, sha256: string, signal: AbortSignal) => Promise<Blob>;
  readonly #draw: (drawn: Drawn) => void;
  readonly #pictures = new Map<string, ImageBitmap>();
  /** Not a picture, whatever its name says: asking again would not mend it. */
  readonly #broken = new Set<string>();
  readonly #closing = new AbortController();
  #wishes: Wishes | undefined;
  #loading: { readonly sha256: string; readonly abort: AbortController } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(
    load: (deck: string, sha256: string, signal: AbortSignal) => Promise<Blob>,
    draw: (drawn: Drawn) => void,
  ) {
    this.#load = load;
    this.#draw = draw;
  }

  /** Draws at once what is there already. */
  show(wishes: Wishes): void {
    this.#wishes = wishes;
    const plan = pagePlan(wishes.deck, wishes.page, wishes.pixels);
    const wanted = new Set(plan.map(({ sha256 }) => sha256));
    for (const [sha256, picture] of this.#pictures) {
      if (wanted.has(sha256)) continue;
      picture.close();
      this.#pictures.delete(sha256);
    }
    const best = plan.findLast(({ page, sha256 }) => page === wishes.page && this.#pictures.has(sha256));
    if (best) this.#tell(best);
    const next = plan.find(this.#isMissing);
    const { sha256: underWay } = this.#loading ?? {};
    // A page that nobody shows must not keep the line from the one that is shown.
    if (underWay !== undefined && (!wanted.has(underWay) || (next?.page === wishes.page && next.sha256 !== underWay)))
      this.#loading?.abort.abort();
    this.#attempt = 0;
    void this.#step();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
    this.#loading?.abort.abort();
    for (const picture of this.#pictures.values()) picture.close();
    this.#pictures.clear();
    this.#wishes = undefined;
  }

  async #step(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#loading || !this.#wishes) return;
    const { deck, page, pixels } = this.#wishes;
    const next = pagePlan(deck, page, pixels).find(this.#isMissing);
    if (!next) return;
    const loading = { sha256: next.sha256, abort: new AbortController() };
    this.#loading = loading;
    try {
      const blob = await this.#load(deck.id, next.sha256, loading.abort.signal);
      const picture = await createImageBitmap(blob).catch(() => undefined);
      if (!picture) {
        this.#broken.add(next.sha256);
        this.#loading = undefined;
        return void this.#step();
      }
      if (this.#closing.signal.aborted) return picture.close();
      this.#pictures.set(next.sha256, picture);
      this.#attempt = 0;
      if (next.page === this.#wishes?.page) this.#tell(next);
      this.#loading = undefined;
      const last = pagePlan(deck, page, pixels).findLast((wanted) => wanted.page === page);
      const wait = next.sha256 === last?.sha256 ? Math.random() * SPREAD_MS : 0;
      this.#timer = setTimeout(() => void this.#step(), wait);
    } catch (error) {
      this.#loading = undefined;
      if (this.#closing.signal.aborted) return;
      if (loading.abort.signal.aborted) return void this.#step();
      // A line that is away comes back; a picture that is refused is not asked for again.
      if (isPassing(error)) this.#timer = setTimeout(() => void this.#step(), fullJitter(this.#attempt++));
    }
  }

  readonly #isMissing = ({ sha256 }: Wanted): boolean => !this.#pictures.has(sha256) && !this.#broken.has(sha256);

  #tell({ page, sharp, sha256 }: Wanted): void {
    const picture = this.#pictures.get(sha256);
    if (picture) this.#draw({ page, sharp, picture });
  }
}
