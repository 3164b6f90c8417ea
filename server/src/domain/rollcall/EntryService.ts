import { GroupCommit, type Outcome } from '../../lib/GroupCommit.ts';
import type { JsonText } from '../../lib/JsonText.ts';
import { isDoubtful } from '../../protocol/doubtfulNumber.ts';
import { isAway, refuse } from '../../protocol/errors.ts';
import type { Receipt } from '../../protocol/record.ts';
import type { AnswerAsk, EnterAsk, Entry } from '../../protocol/rollcall.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { at, demand } from '../shared/rights.ts';
import { decideEntries } from './entryGroup.ts';
import { answerAsk, type EntryAsk, type EntryRecord } from './entryRules.ts';
import type { LiveRounds } from './LiveRounds.ts';
import { GROUP } from './limits.ts';
import type { FiguresAsked, RoundStore } from './ports.ts';
import type { Refusals } from './Refusals.ts';
import type { RoundBoard } from './RoundBoard.ts';
import type { RoundKeeper } from './RoundKeeper.ts';
import { toEntry } from './told.ts';

/** Somebody in a briefing, the address that they come from, and when their act came in (RC8). */
export type Entrant = BriefingActor & { readonly address: string; readonly received: Date };

/** `Entered`, with a receipt that is written already. */
export interface Recorded {
  readonly entry: Entry;
  readonly receipt: JsonText<Receipt>;
  readonly first: boolean;
  readonly numberReceipt?: JsonText<Receipt> | undefined;
}

/** An ask, and the round as it is known here, which the end of the briefing takes out of `LiveRounds`. */
interface Asked {
  readonly board: RoundBoard;
  readonly ask: EntryAsk;
}

/** Answers of units, and what officials enter for them. Each resolves after the commit that contains it (DL6). */
export class EntryService {
  readonly #store: RoundStore;
  readonly #live: LiveRounds;
  readonly #keeper: RoundKeeper;
  readonly #refusals: Pick<Refusals, 'watch'>;
  readonly #figures: Pick<FiguresAsked, 'last'>;
  readonly #groups = new GroupCommit<Asked, Recorded>((briefing, asked) => this.#write(briefing, asked), {
    max: GROUP.most,
    gatherMs: GROUP.gatherMs,
    concernsAll: isAway,
    unwritable: (_, asked) => this.#store.unwritable(asked.map(({ ask }) => ask)),
    most: GROUP.waiting,
    full: () => refuse('busy', 'too many answers wait; nothing was recorded, repeat later'),
  });

  constructor(parts: {
    store: RoundStore;
    live: LiveRounds;
    keeper: RoundKeeper;
    refusals: Pick<Refusals, 'watch'>;
    figures: Pick<FiguresAsked, 'last'>;
  }) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#keeper = parts.keeper;
    this.#refusals = parts.refusals;
    this.#figures = parts.figures;
  }

  /**
   * RC8 to RC12, RC20, RC22.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `bad-request`, `too-late`, `wrong-proof`,
   * `too-many-tries`, `busy`, `store-unavailable`
   */
  async answer(actor: Entrant, ask: AnswerAsk): Promise<Recorded> {
    const { code: unit, path } = actor.account.unit;
    const said = answerAsk(ask, unit, entrant(actor), actor.received);
    return this.#refusals.watch(said, async () => {
      demand(actor.account, 'round.answer', at(path));
      const board = await this.#keeper.boardFor(actor, ask.round);
      if (!board.asks(unit)) throw refuse('not-found', 'there is no such round');
      if (!board.mayProve(said)) throw refuse('too-many-tries', 'too many wrong digits: an official notes it');
      return this.#add(board, this.#doubted(board, said));
    });
  }

  /**
   * RC9, RC12.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `too-late`, `conflict`, `store-unavailable`
   */
  async enter(actor: Entrant, ask: EnterAsk): Promise<Recorded> {
    const board = await this.#keeper.boardFor(actor, ask.round);
    const path = board.pathOf(ask.unit);
    if (path === undefined) throw refuse('not-found', `the round does not ask ${ask.unit}`);
    demand(actor.account, 'round.enter', at(path));
    return this.#add(board, {
      round: ask.round,
      unit: ask.unit,
      kind: ask.as,
      key: ask.key,
      by: entrant(actor),
      answerer: null,
      name: ask.name ?? null,
      note: ask.note ?? null,
      challenge: null,
      own: ask.confirms,
      // An official who says it has looked at it.
      ...(ask.number !== undefined && { number: { value: ask.number, held: false } }),
      received: actor.received,
    });
  }

  /** FG31 */
  #doubted(board: RoundBoard, said: EntryAsk): EntryAsk {
    const { number: asked } = board.round;
    if (!said.number || !asked) return said;
    const { value } = said.number;
    const held = isDoubtful(asked, value, this.#figures.last(board.round, said.unit));
    return { ...said, number: { value, held } };
  }

  #add(board: RoundBoard, ask: EntryAsk): Promise<Recorded> {
    return this.#groups.add(board.round.briefing, { board, ask });
  }

  async #write(briefing: string, asked: readonly Asked[]): Promise<readonly Outcome<Recorded>[]> {
    const asks = asked.map(({ ask }) => ask);
    const outcomes = await this.#store.enter(briefing, asks, (moment) => decideEntries(asks, moment));
    // Also those that stood before: another node may have recorded them a moment ago.
    const known = new Map<string, EntryRecord[]>();
    for (const outcome of outcomes) {
      if ('error' in outcome) continue;
      const { record } = outcome;
      const records = known.get(record.round);
      if (records) records.push(record);
      else known.set(record.round, [record]);
    }
    for (const [round, records] of known) this.#live.enter(round, records);
    return outcomes.map((outcome, i) => {
      if ('error' in outcome) return outcome;
      const { board, ask } = asked[i] as Asked;
      const { round, unit } = ask;
      const path = board.pathOf(unit) as string;
      const entry = toEntry({ round, unit, path }, outcome.facts, board.round.proof, board.state);
      const { receipt, numberReceipt, first } = outcome;
      return { ok: { entry, receipt, numberReceipt, first } };
    });
  }
}

const entrant = ({ account, seat, address }: Entrant): EntryAsk['by'] => ({
  account: account.id,
  name: account.name,
  identity: seat.identity,
  address,
});
