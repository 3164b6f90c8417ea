import type { Content, NamedItem, Programme } from '../../protocol/programme.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { CatchUp } from '../shared/CatchUp.ts';
import { demandProducing } from '../shared/rights.ts';
import { type Ask, choose, chooseItem } from './choose.ts';
import type { LiveProgrammes } from './LiveProgrammes.ts';
import type { ProgrammeMark, ProgrammeStore } from './ports.ts';

/** What all see: the producer's choices, and what keeps this node's knowledge of them new. */
export class ProgrammeService {
  readonly #store: ProgrammeStore;
  readonly #live: LiveProgrammes;
  readonly #catchUp: CatchUp<ProgrammeMark>;

  constructor({ store, live }: { store: ProgrammeStore; live: LiveProgrammes }) {
    this.#store = store;
    this.#live = live;
    this.#catchUp = new CatchUp<ProgrammeMark>({
      idOf: ({ id }) => id,
      isBehind: ({ id, seq }) => (live.get(id)?.seq ?? -1) < seq,
      read: async ({ id }) => live.apply(await store.read(id)),
      marks: () => store.running(),
    });
  }

  /**
   * PN2. May be repeated without harm.
   * @throws DomainError `forbidden`, `outside-territory`, `not-live`, `briefing-closed`, `not-connected`, `bad-request`
   */
  async set(actor: BriefingActor, ask: Ask): Promise<Programme> {
    const record = { act: 'programme.set', account: actor.account.id };
    const programme = await this.#store.change(actor.briefing, record, (moment) => {
      demandProducing(actor.account, moment.briefing);
      return choose(moment, ask);
    });
    this.#live.commit(programme);
    return programme;
  }

  /**
   * PN12, PN13. May be repeated without harm.
   * @throws DomainError `forbidden`, `outside-territory`, `not-live`, `briefing-closed`, `conflict`
   */
  async run(actor: BriefingActor, item: NamedItem | null): Promise<Programme> {
    const record = { act: 'programme.item', account: actor.account.id };
    const programme = await this.#store.changeItem(actor.briefing, record, (moment) => {
      demandProducing(actor.account, moment.briefing, 'programme.item');
      return chooseItem(moment, item);
    });
    this.#live.commit(programme);
    return programme;
  }

  /**
   * What is shown beside people begins or ends by an act of another slice, which has decided who may.
   * @param account null: the system itself, as when a shared screen ends with its line
   * @param decide what is shown from now on, by what is shown now; undefined: as it is
   */
  async place(
    briefing: string,
    record: { readonly act: string; readonly account: string | null },
    decide: (now: Content | null) => Content | null | undefined,
  ): Promise<Programme> {
    const programme = await this.#store.change(briefing, record, (moment) =>
      choose(moment, { content: decide(moment.programme.content) }),
    );
    this.#live.commit(programme);
    return programme;
  }

  /** Makes the programme known on this node, if it is not. */
  async ensure(briefing: string): Promise<void> {
    await this.#catchUp.hint({ id: briefing, seq: 0 });
  }

  /** PN7: what another node has committed; whole, so nothing is read. */
  hint(programme: Programme): void {
    if (this.#live.get(programme.briefing)) this.#live.apply(programme);
  }

  /** PN7: takes over what hints have lost, and forgets what is over. */
  async sweep(): Promise<void> {
    await this.#catchUp.sweep(
      (marks, before) => {
        const running = new Set(marks.map(({ id }) => id));
        for (const briefing of before) if (!running.has(briefing)) this.#live.forget(briefing);
      },
      () => this.#live.briefings(),
    );
  }
}
