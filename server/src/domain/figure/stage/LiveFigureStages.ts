import { EventEmitter } from 'node:events';
import { CatchUp } from '../../shared/CatchUp.ts';
import type { FigureStage, FigureStageMark, FigureStageStore } from './ports.ts';
import { emptyStage } from './stageRules.ts';

/** FG25: what of figures is on each stage, as this node knows it, wherever a change came from. */
export class LiveFigureStages extends EventEmitter<{
  changed: [FigureStage];
  /** An act of this node was committed; other nodes want to know. */
  committed: [FigureStageMark];
  /** The briefing is over. */
  forgotten: [string];
}> {
  readonly #known = new Map<string, FigureStage>();
  readonly #reading = new Map<string, Promise<void>>();
  readonly #store: Pick<FigureStageStore, 'read' | 'running'>;
  readonly #isRunning: (briefing: string) => boolean;
  readonly #catchUp: CatchUp<FigureStageMark>;

  /** @param isRunning whether a briefing is open or live, as far as this node knows */
  constructor(store: Pick<FigureStageStore, 'read' | 'running'>, isRunning: (briefing: string) => boolean) {
    super();
    this.#store = store;
    this.#isRunning = isRunning;
    this.#catchUp = new CatchUp<FigureStageMark>({
      idOf: ({ briefing }) => briefing,
      isBehind: ({ briefing, version }) => version > this.get(briefing).version,
      read: async ({ briefing }) => this.apply(await store.read(briefing)),
      marks: () => store.running(),
    });
  }

  get(briefing: string): FigureStage {
    return this.#known.get(briefing) ?? emptyStage(briefing);
  }

  /** Those that are not empty. */
  shown(): readonly FigureStage[] {
    return [...this.#known.values()].filter(({ what }) => what !== null);
  }

  /** Known before a device is let in; thousands who come back ask once. */
  ensure(briefing: string): Promise<void> {
    if (this.#known.has(briefing)) return Promise.resolve();
    const reading = this.#reading.get(briefing) ?? this.#read(briefing);
    this.#reading.set(briefing, reading);
    return reading.finally(() => this.#reading.delete(briefing));
  }

  /** One that is not newer is ignored: what is read may be older than what was told meanwhile. */
  apply(stage: FigureStage): void {
    if (stage.version <= this.get(stage.briefing).version) return;
    this.#known.set(stage.briefing, stage);
    this.emit('changed', stage);
  }

  commit(stage: FigureStage): void {
    const { briefing, version } = stage;
    const isNews = version > this.get(briefing).version;
    this.apply(stage);
    if (isNews) this.emit('committed', { briefing, version });
  }

  /** One that comes late brings back nothing of a briefing that is over; one that comes early is found by the sweep. */
  async hint(mark: FigureStageMark): Promise<void> {
    if (this.#isRunning(mark.briefing)) await this.#catchUp.hint(mark);
  }

  /** Takes over what hints have lost, and forgets what is over. */
  async sweep(): Promise<void> {
    await this.#catchUp.sweep(
      (marks, before) => {
        const running = new Set(marks.map(({ briefing }) => briefing));
        for (const briefing of before) if (!running.has(briefing)) this.forget(briefing);
      },
      () => this.#known.keys(),
    );
  }

  forget(briefing: string): void {
    if (this.#known.delete(briefing)) this.emit('forgotten', briefing);
  }

  async #read(briefing: string): Promise<void> {
    const stage = await this.#store.read(briefing);
    this.apply(stage);
    if (!this.#known.has(briefing)) this.#known.set(briefing, stage);
  }
}
