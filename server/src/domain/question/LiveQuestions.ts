import { EventEmitter } from 'node:events';
import { CatchUp } from '../shared/CatchUp.ts';
import type { QuestionAct } from './facts.ts';
import { BOARDS_KEPT } from './limits.ts';
import type { QuestionMark, QuestionStore } from './ports.ts';
import { type Moved, QuestionBoard } from './QuestionBoard.ts';

/** The questions of briefings as this node knows them; whoever tells of them listens here. */
export class LiveQuestions extends EventEmitter<{
  moved: [QuestionBoard, Moved];
  /** Acts of this node were committed; other nodes want to know. */
  committed: [QuestionMark];
}> {
  readonly #store: Pick<QuestionStore, 'since' | 'marks'>;
  /** The one that was wanted last stands last. */
  readonly #boards = new Map<string, QuestionBoard>();
  #running: ReadonlySet<string> = new Set();
  readonly #reading = new Map<string, Promise<void>>();
  readonly #catchUp: CatchUp<QuestionMark>;

  constructor(store: Pick<QuestionStore, 'since' | 'marks'>) {
    super();
    this.#store = store;
    this.#catchUp = new CatchUp<QuestionMark>({
      idOf: ({ briefing }) => briefing,
      isBehind: ({ briefing, seq }) => seq > (this.#boards.get(briefing)?.seq ?? Number.POSITIVE_INFINITY),
      read: ({ briefing }) => this.#read(briefing),
      marks: () => store.marks(),
    });
  }

  /** As this node knows them: of a briefing that was made known here, everything but the last moment. */
  get(briefing: string): QuestionBoard {
    const board = this.#boards.get(briefing) ?? new QuestionBoard(briefing);
    this.#boards.delete(briefing);
    this.#boards.set(briefing, board);
    for (const [id] of this.#boards) {
      if (this.#boards.size <= BOARDS_KEPT + this.#running.size) break;
      if (!this.#running.has(id) && id !== briefing) this.#boards.delete(id);
    }
    return board;
  }

  /** Before a device is let in; thousands who come at once ask once. */
  async ensure(briefing: string): Promise<void> {
    if (!this.#boards.has(briefing)) await this.#once(briefing);
  }

  /** As they are on record now. */
  async fresh(briefing: string): Promise<QuestionBoard> {
    // What is being read may lack what was committed before this was asked.
    await this.#reading.get(briefing)?.catch(() => undefined);
    await this.#once(briefing);
    return this.get(briefing);
  }

  /** After a commit of this node. @param acts in their order */
  async commit(briefing: string, acts: readonly QuestionAct[]): Promise<void> {
    const last = acts.at(-1);
    if (!last) return;
    if (!this.#apply(briefing, acts)) await this.#read(briefing);
    this.emit('committed', { briefing, seq: last.seq });
  }

  hint(mark: QuestionMark): Promise<void> {
    return this.#catchUp.hint(mark);
  }

  async sweep(): Promise<void> {
    await this.#catchUp.sweep((marks) => {
      this.#running = new Set(marks.map(({ briefing }) => briefing));
    });
  }

  #once(briefing: string): Promise<void> {
    const reading = this.#reading.get(briefing) ?? this.#read(briefing);
    this.#reading.set(briefing, reading);
    return reading.finally(() => {
      if (this.#reading.get(briefing) === reading) this.#reading.delete(briefing);
    });
  }

  async #read(briefing: string): Promise<void> {
    const acts = await this.#store.since(briefing, this.#boards.get(briefing)?.seq ?? 0);
    this.#apply(briefing, acts);
  }

  #apply(briefing: string, acts: readonly QuestionAct[]): boolean {
    const board = this.get(briefing);
    return board.apply(acts, (moved) => this.emit('moved', board, moved));
  }
}
