import { isPassing } from '../api/ApiError.ts';
import type { Still } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';

/**
 * Fetches the newest still, one after the other: on a line on which one takes longer than the next one is away, each
 * that has begun comes whole.
 */
export class StillFetcher {
  readonly #load: (still: Still, signal: AbortSignal) => Promise<Blob>;
  readonly #draw: (still: Still, picture: ImageBitmap) => void;
  readonly #closing = new AbortController();
  #wanted: Still | undefined;
  /** What was fetched last, or is not there any more. */
  #done: Still | undefined;
  #busy = false;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    load: (still: Still, signal: AbortSignal) => Promise<Blob>,
    draw: (still: Still, picture: ImageBitmap) => void,
  ) {
    this.#load = load;
    this.#draw = draw;
  }

  show(still: Still): void {
    this.#wanted = still;
    void this.#step();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  async #step(): Promise<void> {
    clearTimeout(this.#timer);
    const still = this.#wanted;
    const { signal } = this.#closing;
    if (this.#busy || signal.aborted || !still || still === this.#done) return;
    this.#busy = true;
    let wait = 0;
    try {
      const picture = await createImageBitmap(await this.#load(still, signal));
      if (!signal.aborted) this.#draw(still, picture);
      picture.close();
      this.#done = still;
      this.#attempt = 0;
    } catch (error) {
      // One that is gone has a newer one after it.
      if (isPassing(error)) wait = fullJitter(this.#attempt++);
      else this.#done = still;
    }
    this.#busy = false;
    if (!signal.aborted) this.#timer = setTimeout(() => void this.#step(), wait);
  }
}
