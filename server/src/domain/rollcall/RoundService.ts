import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { refuse } from '../../protocol/errors.ts';
import { codeOf, type UnitCode, type UnitPath } from '../../protocol/organisation.ts';
import type { openRoundSchema, Round } from '../../protocol/rollcall.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { demand } from '../shared/rights.ts';
import { outermost, upFrom } from '../shared/territory.ts';
import { closesNow, decideExtension } from './ending.ts';
import { ENTRY_ACTS } from './entryRules.ts';
import type { LiveRounds } from './LiveRounds.ts';
import { decideOpening } from './opening.ts';
import type { AskedUnit, ChosenToAsk, EntryArrivals, FiguresAsked, NewRound, Officer, RoundStore } from './ports.ts';
import type { RoundKeeper } from './RoundKeeper.ts';
import { asOfficialSees, type RoundFacts, stateAt } from './roundRules.ts';

export type OpenAsk = z.output<typeof openRoundSchema>;

/** The roster, as far as a round needs it. */
export interface RoundRoster {
  /** @throws DomainError `not-found` */
  pathOf(unit: UnitCode): UnitPath;
  /** Paths of a saved list. @throws DomainError `not-found` */
  listPaths(name: string): Promise<readonly UnitPath[]>;
  tierOf(unit: UnitCode): string | undefined;
}

/** The acts on rounds. Each resolves with the round as it stands after the commit. */
export class RoundService {
  readonly #store: RoundStore;
  readonly #live: LiveRounds;
  readonly #keeper: RoundKeeper;
  readonly #roster: RoundRoster;
  readonly #arrivals: Pick<EntryArrivals, 'done'>;
  readonly #figures: Pick<FiguresAsked, 'numberFor'>;
  readonly #chosen: ChosenToAsk;

  constructor(parts: {
    store: RoundStore;
    live: LiveRounds;
    keeper: RoundKeeper;
    roster: RoundRoster;
    arrivals: Pick<EntryArrivals, 'done'>;
    figures: Pick<FiguresAsked, 'numberFor'>;
    chosen: ChosenToAsk;
  }) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#keeper = parts.keeper;
    this.#roster = parts.roster;
    this.#arrivals = parts.arrivals;
    this.#figures = parts.figures;
    this.#chosen = parts.chosen;
  }

  /**
   * RC1, RC2, FG67.
   * @throws DomainError `forbidden`, `outside-territory`, `not-found`, `bad-request`, `not-live`, `briefing-closed`,
   * `rehearsal`, `store-unavailable`
   */
  async open(actor: BriefingActor, ask: OpenAsk): Promise<Round> {
    const { scope, ...chosen } = await this.#whom(actor, ask.scope);
    demand(actor.account, 'round.open', { paths: scope });
    const { key, question, seconds, lateSeconds, repromptSeconds, answerers, proof, quorum, number } = ask;
    return this.#open({
      briefing: actor.briefing,
      key,
      question,
      scope,
      seconds,
      lateSeconds,
      repromptSeconds,
      answerers: [...new Set(answerers)],
      proof,
      challenge: challengeFor(proof),
      quorum,
      ...(number && { number: this.#figures.numberFor(actor.account, number) }),
      ...chosen,
      by: officer(actor),
    });
  }

  /** RC1, FG67 */
  async #whom(
    { account, briefing }: BriefingActor,
    asked: OpenAsk['scope'],
  ): Promise<Pick<NewRound, 'scope' | 'selection' | 'units'>> {
    if (!Array.isArray(asked) && 'selection' in asked) {
      const { place, units } = await this.#chosen.asked(account, asked.selection, briefing);
      return { scope: [place], selection: asked.selection, units };
    }
    const scope = outermost(
      Array.isArray(asked) ? asked.map((code) => this.#roster.pathOf(code)) : await this.#roster.listPaths(asked.list),
    );
    if (scope.length === 0) throw refuse('bad-request', 'the list has no unit that exists today');
    return { scope };
  }

  /** RC5. @throws DomainError as `open`, and `conflict` when nobody is missing */
  async reopen(
    actor: BriefingActor,
    ask: { key: string; round: string; whom: 'all' | 'missing'; seconds: number },
  ): Promise<Round> {
    const { round } = await this.#keeper.boardFor(actor, ask.round);
    demand(actor.account, 'round.reopen', { paths: round.scope });
    const { question, scope, repromptSeconds, answerers, proof, number, selection } = round;
    const quorum = round.quorum && { tier: round.quorum.tier, percent: round.quorum.percent };
    await this.#arrivals.done(ENTRY_ACTS, ask.round);
    const lateSeconds = Math.max(0, (round.lateUntil.getTime() - round.deadline.getTime()) / 1000);
    return this.#open(
      {
        briefing: actor.briefing,
        key: ask.key,
        question,
        scope,
        seconds: ask.seconds,
        lateSeconds,
        repromptSeconds,
        answerers,
        proof,
        challenge: challengeFor(proof),
        quorum,
        ...(number && { number }),
        ...(selection && { selection }),
        by: officer(actor),
      },
      { round: ask.round, whom: ask.whom },
    );
  }

  /** RC4. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `too-late` */
  async extend(actor: BriefingActor, ask: { key: string; round: string; seconds: number }): Promise<Round> {
    const { key, round: id, seconds } = ask;
    const board = await this.#keeper.boardFor(actor, id);
    demand(actor.account, 'round.extend', { paths: board.round.scope });
    const { round, now } = await this.#store.extend(id, key, officer(actor), (moment) =>
      decideExtension(moment, seconds),
    );
    return this.#moved(round, now);
  }

  /** RC3. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async close(actor: BriefingActor, { key, round: id }: { key: string; round: string }): Promise<Round> {
    const board = await this.#keeper.boardFor(actor, id);
    demand(actor.account, 'round.close', { paths: board.round.scope });
    await this.#arrivals.done(ENTRY_ACTS, id);
    const round = await this.#store.close(id, { key, ...officer(actor) }, (moment) => closesNow(moment, 'official'));
    await this.#keeper.moved(round, endOf(round));
    return this.#moved(round, endOf(round));
  }

  async #open(wanted: NewRound, former?: Parameters<RoundStore['open']>[2]): Promise<Round> {
    const { opened, closed, first } = await this.#store.open(
      wanted,
      (moment) => decideOpening(moment, wanted, (asked, tier) => this.#unitsAbove(asked, tier)),
      former,
    );
    const { round } = opened;
    // What another node may have opened a while ago stands as it does by PostgreSQL's clock.
    if (!first) return (await this.#keeper.boardIn(wanted.briefing, round.id)).forOfficials();
    if (closed) {
      await this.#keeper.moved(closed, endOf(closed));
      this.#moved(closed, endOf(closed));
    }
    const board = this.#live.add(opened, round.openedAt, 0);
    this.#keeper.arm(round, round.openedAt);
    this.#live.commit(round.id);
    return board.forOfficials();
  }

  /** @param now PostgreSQL's clock at that act: RC3 */
  #moved(round: RoundFacts, now: Date): Round {
    this.#live.update(round, now);
    this.#live.commit(round.id);
    this.#keeper.arm(round, now);
    return this.#live.get(round.id)?.forOfficials() ?? asOfficialSees(round, stateAt(round, now));
  }

  /** Units of the tier above the asked ones, each once. */
  #unitsAbove(asked: readonly AskedUnit[], tier: string): UnitPath[] {
    const above = new Set<UnitPath>();
    const tiers = new Map<UnitPath, string | undefined>();
    for (const { path } of asked) {
      for (const at of upFrom(path)) {
        if (!tiers.has(at)) tiers.set(at, this.#roster.tierOf(codeOf(at)));
        if (tiers.get(at) === tier) above.add(at);
      }
    }
    if (above.size === 0) throw refuse('bad-request', `no unit of the tier ${tier} stands above those that are asked`);
    return [...above].sort();
  }
}

/** Of a round that an official has closed. */
const endOf = ({ closedAt, lateUntil }: RoundFacts): Date => closedAt ?? lateUntil;

const officer = ({ account }: BriefingActor): Officer => ({ account: account.id, name: account.name });

const challengeFor = (proof: string): string | null =>
  proof === 'challenge' ? String(randomInt(100)).padStart(2, '0') : null;
