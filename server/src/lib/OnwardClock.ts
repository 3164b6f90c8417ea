import type { Clock } from './clock.ts';

/** A clock that never goes back, whatever the one that it reads is set to, and that is behind nothing which it was told of. */
export class OnwardClock implements Clock {
  readonly #clock: Clock;
  #latest = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Date {
    this.#latest = Math.max(this.#latest, this.#clock.now().getTime());
    return new Date(this.#latest);
  }

  /** What happens from now on does not come before that moment. */
  reach(at: Date): void {
    this.#latest = Math.max(this.#latest, at.getTime());
  }
}
