import { EventEmitter } from 'node:events';
import type { Briefing } from '../../protocol/briefing.ts';
import { CatchUp } from '../shared/CatchUp.ts';
import { isBriefingRunning } from './lifecycle.ts';
import type { BriefingStore } from './ports.ts';

/**
 * The briefings with open doors as this node knows them. Whoever tells of them listens here, so that it makes no
 * difference whether an act of this node, a hint or the sweep has brought the news.
 */
export class LiveBriefings extends EventEmitter<{
  /** Its state is newer than what was known here. */
  changed: [Briefing];
}> {
  readonly #store: Pick<BriefingStore, 'running' | 'find'>;
  readonly #known = new Map<string, Briefing>();
  /** Those that are over, by their last epoch: a hint that comes late opens none of them again. */
  readonly #over = new Map<string, number>();
  readonly #catchUp = new CatchUp<Briefing>({
    idOf: ({ id }) => id,
    isBehind: ({ id, epoch }) => epoch > (this.#known.get(id)?.epoch ?? -1),
    read: (briefing) => this.apply(briefing),
    marks: () => this.#marks(),
  });

  constructor(store: Pick<BriefingStore, 'running' | 'find'>) {
    super();
    this.#store = store;
  }

  get(id: string): Briefing | undefined {
    return this.#known.get(id);
  }

  /** All whose doors are open. */
  list(): Briefing[] {
    return [...this.#known.values()];
  }

  /** Takes a state over if it is newer. Nobody is in a briefing before its doors are open. */
  apply(briefing: Briefing): void {
    const known = this.#known.get(briefing.id);
    if (briefing.epoch <= (known?.epoch ?? this.#over.get(briefing.id) ?? -1)) return;
    if (isBriefingRunning(briefing)) this.#known.set(briefing.id, briefing);
    else {
      this.#known.delete(briefing.id);
      this.#over.set(briefing.id, briefing.epoch);
      if (!known) return;
    }
    this.emit('changed', briefing);
  }

  /** Finds what hints have lost. */
  async sweep(): Promise<void> {
    await this.#catchUp.sweep();
  }

  async #marks(): Promise<readonly Briefing[]> {
    const running = await this.#store.running();
    const ids = new Set(running.map(({ id }) => id));
    const ended = [...this.#known.keys()].filter((id) => !ids.has(id));
    const found = await Promise.all(ended.map((id) => this.#store.find(id)));
    return [...running, ...found.flatMap((briefing) => briefing ?? [])];
  }
}
