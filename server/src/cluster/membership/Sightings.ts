import type { Sender } from '../bus/envelope.ts';
import { LEASE_MS } from './lease.ts';

/**
 * CL6: how long a node that is not seen any more still counts as seen. A store may have lost all that nodes write into it,
 * and they come back to it one after another, each within a second of trying and a second until its next renewal.
 */
export const SURE_MS = LEASE_MS + 1_000;

/** Two looks further apart may enclose an outage after which the other nodes are not back yet. */
const BLINK_MS = SURE_MS - 2_000;

/** The nodes that one store shows, as one node has seen it, by a clock of its own that nothing sets or stops. */
export class Sightings {
  /** Boot to the time of the last look that showed it. */
  readonly #seen = new Map<string, number>();
  /** Since when each look has succeeded. */
  #steadySince: number | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** A look that was answered at `now`. */
  saw(present: readonly Pick<Sender, 'boot'>[], now: number): void {
    if (now - this.#lookedAt > BLINK_MS) this.#steadySince = now;
    this.#steadySince ??= now;
    this.#lookedAt = now;
    for (const { boot } of present) this.#seen.set(boot, now);
    for (const [boot, at] of this.#seen) if (now - at >= SURE_MS) this.#seen.delete(boot);
  }

  /** A look that was not answered. */
  missed(): void {
    this.#steadySince = undefined;
  }

  /** Whether a node that was not seen is not there: false while the store was away, or this node did not look. */
  isSure(now: number): boolean {
    if (now - this.#lookedAt > BLINK_MS) return false;
    return this.#steadySince !== undefined && now - this.#steadySince >= SURE_MS;
  }

  has(boot: string, now: number): boolean {
    return now - (this.#seen.get(boot) ?? Number.NEGATIVE_INFINITY) < SURE_MS;
  }
}
