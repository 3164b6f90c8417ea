import type { Clock } from '../../lib/clock.ts';
import { isNews } from './isNews.ts';
import { EVENTS_KEPT, EVENTS_SHOWN, EVENTS_UNSENT, MISSED_MS } from './limits.ts';
import type { NodeEventStore, NodeHappening, NodeRun } from './ports.ts';

export interface NodeHistoryParts {
  readonly store: NodeEventStore;
  readonly self: NodeRun;
  /** PostgreSQL's, as far as it is known without asking. */
  readonly clock: Clock;
}

/**
 * PL14: what happened to nodes, for who asks in the morning. Nobody waits for it: what cannot be written now is written
 * with the next look, in the order in which it happened.
 */
export class NodeHistory {
  readonly #parts: NodeHistoryParts;
  readonly #unsent: NodeHappening[] = [];
  /** Of other nodes that are there, and since when (ms) one is missed. */
  readonly #there = new Map<string, NodeRun & { missedAt: number | undefined; isGone: boolean }>();
  #writing: Promise<void> | undefined;

  constructor(parts: NodeHistoryParts) {
    this.#parts = parts;
  }

  /** Something of this node. */
  note(event: Pick<NodeHappening, 'kind' | 'detail' | 'briefing' | 'epoch'>): void {
    this.#push({ ...this.#parts.self, ...event, at: this.#parts.clock.now() });
  }

  /** @param others as this node knows them; undefined: it cannot know @param now ms of a clock that only goes forward */
  look(others: readonly NodeRun[] | undefined, now: number): void {
    if (!others) return;
    const boots = new Set(others.map(({ boot }) => boot));
    for (const { node, boot } of others) {
      if (this.#there.get(boot)?.isGone) this.#push({ node, boot, kind: 'back', at: this.#parts.clock.now() });
      this.#there.set(boot, { node, boot, missedAt: undefined, isGone: false });
    }
    for (const one of this.#there.values()) {
      if (boots.has(one.boot) || one.isGone) continue;
      one.missedAt ??= now;
      // Whoever ends in order writes it down itself, and says goodbye a moment before.
      if (now - one.missedAt < MISSED_MS) continue;
      one.isGone = true;
      this.#push({ node: one.node, boot: one.boot, kind: 'vanished', at: this.#parts.clock.now() });
    }
  }

  last() {
    return this.#parts.store.last(EVENTS_SHOWN);
  }

  /** @throws DomainError `store-unavailable`: it is kept for the next time */
  async write(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  forget(): Promise<void> {
    return this.#parts.store.forget(EVENTS_KEPT);
  }

  async #write(): Promise<void> {
    for (let next = this.#unsent[0]; next; next = this.#unsent[0]) {
      await this.#parts.store.note(next, isNews);
      this.#unsent.shift();
    }
  }

  #push(event: NodeHappening): void {
    this.#unsent.push(event);
    // The one that is being written stays first.
    if (this.#unsent.length > EVENTS_UNSENT) this.#unsent.splice(1, 1);
  }
}
