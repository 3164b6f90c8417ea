import { RateLimit } from '../../lib/RateLimit.ts';

/** Changes at once: a client that draws its page anew a few times in a row. */
export const WISHES_AT_ONCE = 10;

/**
 * What one viewer asks of one track by messages, as far as its publisher has to send a whole picture for it. Beyond the
 * budget the last change waits for its turn, and those before it are forgotten. (FB6)
 */
export class PictureWishes {
  readonly #limit: RateLimit | undefined;
  #later: NodeJS.Timeout | undefined;

  /** @param perMinute 0: no limit @param now milliseconds */
  constructor(perMinute: number, now?: () => number) {
    this.#limit = perMinute === 0 ? undefined : new RateLimit(perMinute / 60, WISHES_AT_ONCE, now);
  }

  /** Does it now, or when there is budget for it and nothing else was wanted meanwhile. */
  do(change: () => void): void {
    this.forget();
    if (!this.#limit || this.#limit.take()) change();
    else this.#later = setTimeout(() => this.do(change), this.#limit.wait()).unref();
  }

  /** What waits is not wanted any more. */
  forget(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
  }
}
