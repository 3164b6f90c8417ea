import { EventEmitter } from 'node:events';
import { CatchUp } from '../shared/CatchUp.ts';
import type { ShowMark, SlideStore } from './ports.ts';
import { noShow, type Show } from './shows.ts';

/** What is shown in each briefing, as this node knows it; whoever tells of it listens here. */
export class LiveSlides extends EventEmitter<{
  changed: [Show];
  /** An act of this node was committed; other nodes want to know. */
  committed: [ShowMark];
}> {
  readonly #known = new Map<string, Show>();
  readonly #reading = new Map<string, Promise<void>>();
  readonly #store: Pick<SlideStore, 'read' | 'running'>;
  readonly #catchUp: CatchUp<ShowMark>;

  constructor(store: Pick<SlideStore, 'read' | 'running'>) {
    super();
    this.#store = store;
    this.#catchUp = new CatchUp<ShowMark>({
      idOf: ({ briefing }) => briefing,
      isBehind: ({ briefing, seq }) => seq > this.get(briefing).seq,
      read: async ({ briefing }) => this.apply(await store.read(briefing)),
      marks: () => store.running(),
    });
  }

  get(briefing: string): Show {
    return this.#known.get(briefing) ?? noShow(briefing);
  }

  /** SL9: known before a device is let in; thousands who come back ask once. */
  ensure(briefing: string): Promise<void> {
    if (this.#known.has(briefing)) return Promise.resolve();
    const reading = this.#reading.get(briefing) ?? this.#read(briefing);
    this.#reading.set(briefing, reading);
    return reading.finally(() => this.#reading.delete(briefing));
  }

  apply(show: Show): void {
    if (show.seq <= this.get(show.briefing).seq) return;
    this.#known.set(show.briefing, show);
    this.emit('changed', show);
  }

  commit(show: Show): void {
    const { briefing, seq } = show;
    const isNews = seq > this.get(briefing).seq;
    this.apply(show);
    if (isNews) this.emit('committed', { briefing, seq });
  }

  hint(mark: ShowMark): Promise<void> {
    return this.#catchUp.hint(mark);
  }

  async sweep(): Promise<void> {
    await this.#catchUp.sweep();
  }

  async #read(briefing: string): Promise<void> {
    const show = await this.#store.read(briefing);
    this.apply(show);
    if (!this.#known.has(briefing)) this.#known.set(briefing, show);
  }

  forget(briefing: string): void {
    this.#known.delete(briefing);
  }
}
