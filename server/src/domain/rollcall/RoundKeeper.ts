import { tryAll } from '../../lib/tryAll.ts';
import { refuse } from '../../protocol/errors.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { CatchUp } from '../shared/CatchUp.ts';
import { seesRound, viewerOf } from '../shared/whoSeesWhom.ts';
import { closesNow, isNewlyDue } from './ending.ts';
import { ENTRY_ACTS } from './entryRules.ts';
import type { LiveRounds } from './LiveRounds.ts';
import type { EntryArrivals, RoundAlarm, RoundMark, RoundStore } from './ports.ts';
import type { RoundBoard } from './RoundBoard.ts';
import { type RoundFacts, repromptsUntil, stateAt } from './roundRules.ts';

/**
 * Keeps what this node knows of rounds up to date: reads what hints speak of, looks at the clock when it is woken, and
 * finds in its sweep what neither has told.
 */
export class RoundKeeper {
  readonly #store: RoundStore;
  readonly #live: LiveRounds;
  readonly #alarm: RoundAlarm;
  readonly #arrivals: Pick<EntryArrivals, 'holds'>;
  readonly #catchUp: CatchUp<RoundMark>;
  /** The store's clock at the last sweep. */
  #sweptAt = new Date(0);

  constructor(parts: {
    store: RoundStore;
    live: LiveRounds;
    alarm: RoundAlarm;
    arrivals: Pick<EntryArrivals, 'holds'>;
  }) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#alarm = parts.alarm;
    this.#arrivals = parts.arrivals;
    this.#catchUp = new CatchUp({
      idOf: ({ round }) => round,
      isBehind: ({ round, version, seq, due }) => {
        const board = this.#live.get(round);
        if (!board || board.round.version < version || board.seq < seq) return true;
        return due === true && isUnaware(board, version);
      },
      read: (mark) => this.#read(mark),
      marks: async () => {
        const { marks, now } = await this.#store.marks();
        this.#sweptAt = now;
        return marks;
      },
    });
  }

  /** The board of a round, read if this node has not heard of it yet. */
  async board(round: string): Promise<RoundBoard | undefined> {
    if (!this.#live.get(round)) await this.hint({ round, briefing: '', version: 0, seq: 0 });
    return this.#live.get(round);
  }

  /** The same, for somebody who acts in a briefing. @throws DomainError `not-found` */
  async boardIn(briefing: string, round: string): Promise<RoundBoard> {
    const board = this.#live.get(round) ?? (await this.board(round));
    if (board?.round.briefing !== briefing) throw refuse('not-found', 'there is no such round');
    return board;
  }

  /**
   * CH15: the same of what the actor sees in their briefing. A round of elsewhere, or one that asks nobody of theirs, is looked for in
   * the store and not found there, as one that is not there.
   * @throws DomainError `not-found`
   */
  async boardFor(
    { briefing, account }: Pick<BriefingActor, 'briefing' | 'account'>,
    round: string,
  ): Promise<RoundBoard> {
    const known = this.#live.get(round);
    if (known?.round.briefing === briefing && seesRound(viewerOf(account), known)) return known;
    await this.hint({ round, briefing: '', version: Number.POSITIVE_INFINITY, seq: 0 });
    const board = this.#live.get(round);
    if (board?.round.briefing !== briefing || !seesRound(viewerOf(account), board))
      throw refuse('not-found', 'there is no such round');
    return board;
  }

  /** DL2: somebody says that the round is so far. */
  hint(mark: RoundMark): Promise<void> {
    return this.#catchUp.hint(mark);
  }

  /** DL10: the round may be due, may have to be closed, and may have to ask again: by PostgreSQL's clock. */
  async look(round: string): Promise<void> {
    const board = await this.board(round);
    const seen = board && (await this.#store.look(round));
    if (!board || !seen) return;
    await this.moved(seen.round, seen.now);
    // The board was dropped while PostgreSQL was asked, and may have been loaded anew: a stale one reprompts nobody.
    if (this.#live.get(round) !== board) return;
    this.#reprompt(board, seen.now);
    if (board.state === 'closed' && seen.round.closedAt === null) await this.close(round);
    else if (isNewlyDue({ ...seen, briefing: 'live' })) await this.#reach(round);
  }

  /** RC3: the round has come further. Who is on record is known here first, so that nobody who answered elsewhere is absent meanwhile. */
  async moved(round: RoundFacts, now: Date): Promise<void> {
    const board = this.#live.get(round.id);
    // Also where it was extended meanwhile, of which this node has not heard, and is over once more.
    if (board && (round.version > board.round.version || stateAt(round, now) !== board.state))
      this.#live.enter(round.id, await this.#store.entriesSince(round.id, board.seq), true);
    this.#live.update(round, now);
  }

  /**
   * RC3: the system closes a round whose late time or briefing is over; it stays as it is when neither is. Not before
   * that is recorded which came in time: the sweep closes it then.
   */
  async close(round: string): Promise<void> {
    const board = this.#live.get(round);
    if (board && (await this.#arrivals.holds(ENTRY_ACTS, round, board.round.lateUntil))) return this.#reach(round);
    await this.#close(round);
  }

  /** RC3: its deadline was reached, which is on record from now on. */
  async #reach(round: string): Promise<void> {
    const seen = await this.#store.reach(round, isNewlyDue);
    await this.moved(seen.round, seen.now);
    this.#live.commit(round);
  }

  async #close(round: string): Promise<void> {
    const closed = await this.#store.close(round, null, (moment) => closesNow(moment, 'system'));
    if (closed.closedAt === null) return;
    await this.moved(closed, closed.closedAt);
    this.#live.commit(round);
  }

  /** Ends the rounds of a briefing that has closed, and forgets them. */
  async closeBriefing(briefing: string): Promise<void> {
    for (const { round } of this.#live.of(briefing)) if (round.closedAt === null) await this.#close(round.id);
    this.#live.forget(briefing);
  }

  /** Wakes for what comes next; after an act on the round. */
  arm(round: RoundFacts, now: Date): void {
    if (round.closedAt !== null) return;
    this.#alarm.moves(round, now);
    this.#armReprompt(round, now);
  }

  /** Also at start, and for what another node did that this one takes over. */
  async sweep(): Promise<void> {
    const overdue = await this.#store.overdue();
    await tryAll([
      ...overdue.map((round) => () => this.close(round)),
      () =>
        this.#catchUp.sweep(
          (marks, before) => this.#follow(marks, before),
          () => this.#live.briefings(),
        ),
    ]);
    await tryAll(this.#due().map((round) => () => this.#reach(round)));
  }

  /** Rounds that are due here and not on record as due. */
  #due(): readonly string[] {
    return [...this.#live.all()]
      .filter(({ state, round }) => state === 'due' && round.closedAt === null && !round.dueAt)
      .map(({ round }) => round.id);
  }

  #follow(marks: readonly RoundMark[], before: readonly string[]): void {
    const now = this.#sweptAt;
    const running = new Set(marks.map((mark) => mark.briefing));
    for (const mark of marks) {
      const board = this.#live.get(mark.round);
      if (!board || board.round.closedAt !== null) continue;
      // What is missing here could not be read: nobody is taken for absent before it was.
      if (board.seq < mark.seq) continue;
      this.#live.update(board.round, now);
      this.#reprompt(board, now);
    }
    for (const briefing of before) if (!running.has(briefing)) this.#live.forget(briefing);
  }

  async #read({ round, version, seq, due }: RoundMark): Promise<void> {
    const board = this.#live.get(round);
    if (!board) return this.#load(round);
    if (board.round.version < version || (due && isUnaware(board, version))) await this.look(round);
    if (board.seq < seq) this.#live.enter(round, await this.#store.entriesSince(round, board.seq), true);
  }

  async #load(round: string): Promise<void> {
    const seen = await this.#store.look(round);
    const whole = seen && (await this.#store.load(round));
    // Those who were asked before this node knew are not asked again by it at once.
    if (seen && whole) this.#live.add(whole, seen.now, repromptsUntil(whole.round, seen.now));
  }

  #reprompt(board: RoundBoard, now: Date): void {
    if (this.#live.reprompt(board, repromptsUntil(board.round, now))) this.#armReprompt(board.round, now);
  }

  #armReprompt(round: RoundFacts, now: Date): void {
    if (round.repromptSeconds === null) return;
    const next = repromptsUntil(round, now) + 1;
    const at = round.openedAt.getTime() + next * round.repromptSeconds * 1000;
    this.#alarm.reprompt(round, next, at - now.getTime());
  }
}

/** It is on record as due, and this node does not know. */
const isUnaware = ({ round }: RoundBoard, version: number): boolean =>
  round.version === version && round.closedAt === null && !round.dueAt;
