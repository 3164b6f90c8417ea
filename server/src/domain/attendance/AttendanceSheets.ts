import type { AttendanceBook } from './AttendanceBook.ts';
import type { AttendanceStore, MeasuredRow } from './ports.ts';
import { type AttendanceRule, liveMsOf } from './summarise.ts';

/** Freezes the rule of a briefing when it opens, and its sheet when it is over. */
export class AttendanceSheets {
  readonly #store: AttendanceStore;
  readonly #book: AttendanceBook;
  readonly #rule: AttendanceRule;
  readonly #clock: { look(): Promise<void> };

  /**
   * @param parts.rule what a briefing gets that is opened from now on
   * @param parts.clock finds what PostgreSQL's clock was set to last (AT15)
   */
  constructor(parts: {
    store: AttendanceStore;
    book: AttendanceBook;
    rule: AttendanceRule;
    clock: { look(): Promise<void> };
  }) {
    this.#clock = parts.clock;
    this.#store = parts.store;
    this.#book = parts.book;
    this.#rule = parts.rule;
  }

  /** AT9: for briefings whose doors are open. */
  freezeRules(): Promise<void> {
    return this.#store.freezeRules(this.#rule);
  }

  /**
   * AT11. May run again, and on several nodes at once.
   * @returns `wait` while some boot has not written until the end
   */
  async seal(briefing: string): Promise<'sealed' | 'wait' | 'nothing'> {
    await this.#clock.look();
    const frame = await this.#book.frame(briefing);
    if (!frame.closed || frame.openedAt === null || frame.sheet) return 'nothing';
    if (frame.pending > 0) return 'wait';
    const rows: MeasuredRow[] = [];
    for await (const some of this.#book.rows(briefing, frame, '')) rows.push(...some);
    const sealed = await this.#store.seal(briefing, frame.rule, Math.floor(liveMsOf(frame) / 1000), rows);
    return sealed ? 'sealed' : 'nothing';
  }

  /** Finds what was missed: rules, and sheets of briefings that are over. @returns how many wait for a boot */
  async sweep(): Promise<number> {
    await this.freezeRules();
    await this.#store.sealOlderTimelines();
    let waiting = 0;
    for (const briefing of await this.#store.unsealed()) if ((await this.seal(briefing)) === 'wait') waiting += 1;
    return waiting;
  }
}
