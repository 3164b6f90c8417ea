import type { Clock } from '../../lib/clock.ts';
import type { Envelope } from './envelope.ts';

/** What was said longer ago is no news, and the clocks of nodes differ by less. */
export const NEWS_MS = 30_000;

/**
 * CL2: what a node has heard already, or what was said before it was there, is not obeyed, however well it is signed.
 * Times are PostgreSQL's, as nodes know them without asking.
 */
export class Freshness {
  readonly #clock: Clock;
  /** Monotonic, ms. */
  readonly #elapsed: () => number;
  readonly #since: number;
  /** By boot: the highest number, and when it came. */
  readonly #heard = new Map<string, { number: number; at: number }>();

  constructor(clock: Clock, elapsed: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#elapsed = elapsed;
    this.#since = elapsed();
  }

  /** Takes it as heard. @returns why it is not to be obeyed */
  staleness({ boot, number, at }: Pick<Envelope, 'boot' | 'number' | 'at'>): 'old' | 'repeated' | undefined {
    const here = this.#elapsed();
    const now = this.#clock.now().getTime();
    // As long as this node has been there, at most: of what was said before it knows nothing, so of no number either.
    if (at < now - Math.min(NEWS_MS, here - this.#since) || at > now + NEWS_MS) return 'old';
    const last = this.#heard.get(boot);
    if (last && number <= last.number) return 'repeated';
    if (!last) this.#forget(here);
    this.#heard.set(boot, { number, at: here });
    return undefined;
  }

  /** Boots of whose messages each would be too old by now. */
  #forget(here: number): void {
    for (const [boot, { at }] of this.#heard) if (here - at > 3 * NEWS_MS) this.#heard.delete(boot);
  }
}
