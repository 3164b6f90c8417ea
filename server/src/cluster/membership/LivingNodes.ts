import type { Sender } from '../bus/envelope.ts';
import { LEASE_MS, type Lease } from './lease.ts';

/**
 * CL6: a lease that cannot be found proves nothing before its node had time to write it again: Redis may have lost all
 * of them, and nodes come back to it one after another, each within a second of trying and a second until its next
 * renewal.
 */
export const SURE_MS = LEASE_MS + 1_000;

/** Of an outage that fell between two looks so far apart a node would learn nothing before the others are back. */
const BLINK_MS = SURE_MS - 2_000;

/** Who lives, as far as one node has seen it, by a clock of its own that nothing sets or stops. */
export class LivingNodes {
  readonly #seen = new Map<string, { readonly sender: Sender; readonly at: number }>();
  /** Since when each look has succeeded. */
  #steadySince: number | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** A look that was answered at `now`. */
  saw(leases: readonly Pick<Lease, 'node' | 'boot' | 'over'>[], now: number): void {
    if (now - this.#lookedAt > BLINK_MS) this.#steadySince = now;
    this.#steadySince ??= now;
    this.#lookedAt = now;
    for (const { node, boot, over } of leases)
      if (over) this.#seen.delete(boot);
      else this.#seen.set(boot, { sender: { node, boot }, at: now });
    for (const [boot, { at }] of this.#seen) if (now - at >= SURE_MS) this.#seen.delete(boot);
  }

  /** Whether there was anybody at the last look. */
  get isAny(): boolean {
    return this.#seen.size > 0;
  }

  /** A look that was not answered. */
  missed(): void {
    this.#steadySince = undefined;
  }

  /** All that may live; undefined: this node cannot know yet, or no more, since it was stopped and has not looked. */
  at(now: number): readonly Sender[] | undefined {
    if (now - this.#lookedAt > BLINK_MS) return undefined;
    if (this.#steadySince === undefined || now - this.#steadySince < SURE_MS) return undefined;
    return [...this.#seen.values()].filter(({ at }) => now - at < SURE_MS).map(({ sender }) => sender);
  }
}
