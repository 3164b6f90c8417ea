import { GroupCommit } from '../../lib/GroupCommit.ts';
import type { Logger } from '../../observability/logger.ts';
import { DomainError, type Reason } from '../../protocol/errors.ts';
import type { EntryAsk } from './entryRules.ts';
import { REFUSALS } from './limits.ts';
import type { RefusalStore } from './ports.ts';

/** An answer that was refused. */
export interface RefusedAsk {
  readonly ask: EntryAsk;
  readonly reason: Reason;
}

/** Reasons of ours, after which the device repeats its answer: nothing was decided. */
const passing: ReadonlySet<Reason> = new Set([
  'store-unavailable',
  'record-unwritable',
  'busy',
  'internal',
  'rate-limited',
  'unauthenticated',
]);

/**
 * RC22: what was refused leaves a trace that its unit can read. It is written before the refusal is told; what cannot be
 * written is in the log, and the refusal is told all the same.
 */
export class Refusals {
  readonly #logger: Logger;
  readonly #groups: GroupCommit<RefusedAsk, undefined>;

  constructor(store: Pick<RefusalStore, 'keep'>, logger: Logger) {
    this.#logger = logger;
    this.#groups = new GroupCommit(
      async (_, refused) => {
        await store.keep(refused);
        return refused.map(() => ({ ok: undefined }));
      },
      { max: REFUSALS.atOnce, gatherMs: REFUSALS.gatherMs, most: REFUSALS.waiting },
    );
  }

  /** Does it, and keeps that it was refused. @throws what `work` throws */
  async watch<T>(ask: EntryAsk, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && !passing.has(error.reason)) await this.#keep(ask, error.reason);
      throw error;
    }
  }

  async #keep(ask: EntryAsk, reason: Reason): Promise<void> {
    const { unit, round, by } = ask;
    try {
      await this.#groups.add('all', { ask, reason });
    } catch (err) {
      this.#logger.warn({ err, unit, round, reason, identity: by.identity }, 'a refused answer left no trace');
    }
  }
}
