import { NEWS_MS } from '../bus/Freshness.ts';
import type { Lease } from './lease.ts';

/**
 * CL5: which leases are renewed, as one node has seen it by its own monotonic clock. Clocks of nodes may differ for a
 * while when PostgreSQL's was set, and a node whose lease looks old may be living: what counts is that it changes.
 */
export class Renewals {
  readonly #seen = new Map<string, { readonly at: number; readonly since: number }>();

  /**
   * @param clock PostgreSQL's, as this node knows it, ms @param now monotonic, ms @returns those that are living
   */
  living<L extends Pick<Lease, 'boot' | 'at'>>(leases: readonly L[], clock: number, now: number): readonly L[] {
    const found = new Set(leases.map(({ boot }) => boot));
    for (const boot of this.#seen.keys()) if (!found.has(boot)) this.#seen.delete(boot);
    return leases.filter(({ boot, at }) => {
      const seen = this.#seen.get(boot);
      if (seen?.at === at) return now - seen.since < NEWS_MS;
      // One that is seen for the first time, and was said long ago, may be what somebody has kept.
      const isRenewed = seen !== undefined || Math.abs(clock - at) < NEWS_MS;
      this.#seen.set(boot, { at, since: isRenewed ? now : Number.NEGATIVE_INFINITY });
      return isRenewed;
    });
  }
}
