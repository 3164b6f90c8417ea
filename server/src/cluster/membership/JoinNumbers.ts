import type { Clock } from '../../lib/clock.ts';
import { NEWS_MS } from '../bus/Freshness.ts';

/** Numbers of one millisecond. */
const PER_MS = 1_000;

/**
 * Numbers that order what happens to one identity at several nodes: a hybrid logical clock, which needs no store. Each
 * is above all that this node has given or heard of, and near to PostgreSQL's time.
 */
export class JoinNumbers {
  readonly #clock: Clock;
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): number {
    this.#last = Math.max(this.#last + 1, this.#now());
    return this.#last;
  }

  /** One of another node's. What is further ahead than clocks differ moves nothing. */
  heard(number: number): void {
    if (number < this.#now() + NEWS_MS * PER_MS) this.#last = Math.max(this.#last, number);
  }

  #now(): number {
    return Math.floor(this.#clock.now().getTime()) * PER_MS;
  }
}
