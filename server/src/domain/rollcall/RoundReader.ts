import type { z } from 'zod';
import { refuse } from '../../protocol/errors.ts';
import type { EntryPage, entryQuerySchema, Wall, wallQuerySchema } from '../../protocol/rollcallChannel.ts';
import type { numbersQuerySchema, numbersSchema } from '../../protocol/rollcallNumber.ts';
import { letterOf } from '../figure/frameOf.ts';
import { pageOf } from '../organisation/pathOrder.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { at, demand } from '../shared/rights.ts';
import type { FiguresAsked } from './ports.ts';
import type { RoundKeeper } from './RoundKeeper.ts';
import { toldState } from './told.ts';

interface UnitNames {
  name(code: string): string | undefined;
  path(code: string): string | undefined;
}

/** RC16: what officials read of the entries in their territory, from what this node knows. */
export class RoundReader {
  readonly #keeper: RoundKeeper;
  readonly #names: UnitNames;
  readonly #figures: Pick<FiguresAsked, 'last'>;

  constructor(keeper: RoundKeeper, names: UnitNames, figures: Pick<FiguresAsked, 'last'>) {
    this.#keeper = keeper;
    this.#names = names;
    this.#figures = figures;
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async entries(actor: BriefingActor, query: z.output<typeof entryQuerySchema>): Promise<EntryPage> {
    const root = this.#names.path(query.root);
    if (root === undefined) throw refuse('not-found', `there is no unit ${query.root}`);
    demand(actor.account, 'round.entries', at(root));
    const board = await this.#keeper.boardFor(actor, query.round);
    const matching = board.unitsIn(root).filter((unit) => !query.states || query.states.includes(unit.state));
    const { items, total, next } = pageOf(matching, query.after, query.limit);
    const entries = items.map((unit) => ({
      ...board.entryOf(unit),
      unitName: this.#names.name(unit.unit) ?? unit.unit,
    }));
    return { entries, total, next };
  }

  /** The territory of the actor. @throws DomainError `not-found`, `forbidden` */
  async wall(actor: BriefingActor, { round, since }: z.output<typeof wallQuerySchema>): Promise<Wall> {
    const territory = actor.account.unit.path;
    demand(actor.account, 'round.wall', at(territory));
    const board = await this.#keeper.boardFor(actor, round);
    const units = since === undefined ? board.unitsIn(territory) : board.changedIn(territory, since);
    const entries = units.map(({ unit, state }): Wall['entries'][number] =>
      state === 'away' ? [unit, toldState(state), 'away'] : [unit, state],
    );
    return { round, seq: board.seq, entries };
  }

  /** FG32: of the territory of the actor, what each unit has said. @throws DomainError `not-found`, `forbidden` */
  async numbers(
    actor: BriefingActor,
    { round, since }: z.output<typeof numbersQuerySchema>,
  ): Promise<z.infer<typeof numbersSchema>> {
    const territory = actor.account.unit.path;
    demand(actor.account, 'round.numbers', at(territory));
    const board = await this.#keeper.boardFor(actor, round);
    const units = since === undefined ? board.unitsIn(territory) : board.changedIn(territory, since);
    return {
      round,
      seq: board.seq,
      units: units.map(({ unit, number: { value, state } }) => [unit, value, letterOf(state)]),
    };
  }

  /** FG31: what is on record of the unit of the actor. @throws DomainError `not-found`, `forbidden` */
  async expected(actor: BriefingActor, { round }: { readonly round: string }): Promise<{ value: number | null }> {
    const { code, path } = actor.account.unit;
    demand(actor.account, 'round.expected', at(path));
    const board = await this.#keeper.boardFor(actor, round);
    return { value: this.#figures.last(board.round, code) };
  }
}
