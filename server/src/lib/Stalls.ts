/**
 * Notices by looks that should be `everyMs` apart for how long this process did not run: it read nothing then, so whatever
 * it did not hear is nobody's silence.
 */
export class Stalls {
  readonly #everyMs: number;
  #at: number;

  /** @param now of a monotonic clock, ms */
  constructor(everyMs: number, now: number) {
    this.#everyMs = everyMs;
    this.#at = now;
  }

  /** @returns ms that this look came too late; 0 for what a busy moment explains */
  look(now: number): number {
    const late = now - this.#at - this.#everyMs;
    this.#at = now;
    return late > this.#everyMs ? late : 0;
  }
}
