import { EventEmitter } from 'node:events';
import type { EntryRecord } from './entryRules.ts';
import type { RoundMark, WholeRound } from './ports.ts';
import { RoundBoard } from './RoundBoard.ts';
import type { RoundFacts } from './roundRules.ts';

/**
 * The rounds of open and live briefings as this node knows them. Whoever tells of rounds listens here, so that it makes
 * no difference whether this node, a hint, a job or the sweep has brought the news.
 */
export class LiveRounds extends EventEmitter<{
  /** A round was opened, moved or closed; `again`: those who are missing are asked once more. */
  told: [board: RoundBoard, again: boolean];
  /** Entries that were not known here; `elsewhere`: they may have been entered at another node. */
  entered: [board: RoundBoard, records: readonly EntryRecord[], elsewhere: boolean];
  /** RC3: this node has learned that a round is on record as due, since then. */
  due: [at: Date];
  /** An act on a round itself was committed by this node; other nodes want to know at once. */
  committed: [RoundMark];
}> {
  readonly #boards = new Map<string, RoundBoard>();
  readonly #byBriefing = new Map<string, Set<RoundBoard>>();

  get(round: string): RoundBoard | undefined {
    return this.#boards.get(round);
  }

  /** Oldest first. */
  of(briefing: string): readonly RoundBoard[] {
    return [...(this.#byBriefing.get(briefing) ?? [])].sort((a, b) => a.round.nr - b.round.nr);
  }

  all(): Iterable<RoundBoard> {
    return this.#boards.values();
  }

  briefings(): Iterable<string> {
    return this.#byBriefing.keys();
  }

  /** A round that was not known here; one that is known already stays. */
  add(whole: WholeRound, now: Date, reprompts: number): RoundBoard {
    const known = this.#boards.get(whole.round.id);
    if (known) return known;
    const board = new RoundBoard(whole, now);
    board.reprompts = reprompts;
    this.#boards.set(board.round.id, board);
    const { briefing } = board.round;
    this.#byBriefing.set(briefing, (this.#byBriefing.get(briefing) ?? new Set()).add(board));
    if (whole.round.dueAt) this.emit('due', whole.round.dueAt);
    this.emit('told', board, false);
    return board;
  }

  /** The round has come further, or time has. */
  update(round: RoundFacts, now: Date): void {
    const board = this.#boards.get(round.id);
    const isNews = board?.update(round, now) ?? false;
    if (board?.round.dueAt) this.emit('due', board.round.dueAt);
    if (board && isNews) this.emit('told', board, false);
  }

  enter(round: string, records: readonly EntryRecord[], elsewhere = false): void {
    const board = this.#boards.get(round);
    const fresh = board?.apply(records) ?? [];
    if (board && fresh.length > 0) this.emit('entered', board, fresh, elsewhere);
  }

  /** DL4: asks again those who are missing. @returns false: this node has done it so many times already */
  reprompt(board: RoundBoard, nr: number): boolean {
    if (board.state === 'closed' || nr <= board.reprompts) return false;
    board.reprompts = nr;
    this.emit('told', board, true);
    return true;
  }

  /** This node has committed an act on the round. */
  commit(round: string): void {
    const board = this.#boards.get(round);
    if (board) this.emit('committed', markOf(board));
  }

  forget(briefing: string): void {
    for (const board of this.#byBriefing.get(briefing) ?? []) this.#boards.delete(board.round.id);
    this.#byBriefing.delete(briefing);
  }
}

export const markOf = (board: RoundBoard): RoundMark => ({
  round: board.round.id,
  briefing: board.round.briefing,
  version: board.round.version,
  seq: board.seq,
  ...(board.round.dueAt && { due: true }),
});
