import type { Logger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import { ROSTER_BYTES, ROSTER_STEPS } from '../../protocol/limits.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { RosterCounts, RosterPlan } from '../../protocol/rosterImport.ts';
import { at, demand, may } from '../shared/rights.ts';
import { importedAct } from './importedAct.ts';
import { planInThread } from './planInThread.ts';
import type { PeopleActStore, UnitStore } from './ports.ts';
import type { RosterChange, RosterError, RosterNow } from './roster.ts';
import { rosterCells } from './rosterCsv.ts';
import { placesOfChange } from './rosterDifference.ts';
import type { Planned, PlannedOrNot, RosterFile } from './rosterFile.ts';
import type { Units } from './Units.ts';

export interface NamedFile extends RosterFile {
  readonly name: string;
}

const NOTHING = { tiers: [], added: [], ended: [], closed: [], contacts: [] } as const satisfies RosterChange;
const NO_COUNTS = { opened: 0, changed: 0, moved: 0, closed: 0, contacts: 0, tiers: 0, along: 0 } as const;

/** A roster from a file, in the page: first what it would do, then exactly that. */
export class RosterDesk {
  readonly #store: UnitStore;
  readonly #acts: Pick<PeopleActStore, 'byKey'>;
  readonly #units: Units;
  readonly #logger: Logger;
  /** One at a time: each takes a thread and a copy of the tree. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: UnitStore, acts: Pick<PeopleActStore, 'byKey'>, units: Units, logger: Logger) {
    this.#store = store;
    this.#acts = acts;
    this.#units = units;
    this.#logger = logger;
  }

  /** IM1: nothing is written. @throws DomainError `forbidden`, `too-large` */
  async plan(actor: Account, file: NamedFile): Promise<RosterPlan> {
    demand(actor, 'roster.import', at(actor.unit.path));
    let planned: PlannedOrNot | undefined;
    await this.#inTurn(() =>
      this.#store.change(async (now) => {
        planned = await this.#planned(actor, file, now);
        return NOTHING;
      }),
    );
    if (!planned || 'errors' in planned) return refusedPlan(planned?.errors ?? []);
    const { hash, counts, steps } = planned;
    return { plan: hash, errors: [], wrong: 0, counts, steps: steps.slice(0, ROSTER_STEPS) };
  }

  /**
   * IM3: does what was shown under that hash, or nothing.
   * @throws DomainError `forbidden`, `too-large`, `conflict` when it would do anything else by now
   */
  async apply(actor: Account, file: NamedFile, plan: string, key: string): Promise<RosterCounts> {
    demand(actor, 'roster.import', at(actor.unit.path));
    const before = await this.#acts.byKey(key);
    // Pressed twice, or again after a line that was cut.
    if (before?.by?.id === actor.id && before.what.act === 'roster.imported') return { ...before.what, along: 0 };
    let planned: Planned | undefined;
    const by = {
      ...{ account: actor.id, key, unit: actor.unit.code },
      act: () => importedAct(file.name, plan, planned?.counts ?? NO_COUNTS),
    };
    const decide = async (now: RosterNow) => {
      const found = await this.#planned(actor, file, now);
      if ('errors' in found || found.hash !== plan)
        throw refuse('conflict', 'the tree has changed since this was shown: look at the difference again');
      planned = found;
      return found.change;
    };
    await this.#inTurn(() => this.#store.change(decide, by));
    await this.#units.refresh();
    const counts = planned?.counts ?? NO_COUNTS;
    this.#logger.info({ by: actor.id, file: file.name, ...counts }, 'roster imported');
    return counts;
  }

  /** The actor's territory as it stands, to be changed and imported again. @throws DomainError `forbidden` */
  async cells(actor: Account): Promise<readonly (readonly string[])[]> {
    demand(actor, 'roster.import', at(actor.unit.path));
    let cells: readonly (readonly string[])[] = [];
    await this.#store.change((now) => {
      const mine = now.versions.filter(
        ({ validTo, path }) => validTo === null && may(actor, 'roster.import', at(path)) === 'allowed',
      );
      cells = rosterCells(mine, now.contacts);
      return NOTHING;
    });
    return cells;
  }

  async #planned(actor: Account, file: NamedFile, now: RosterNow): Promise<PlannedOrNot> {
    if (file.bytes.length > ROSTER_BYTES) throw refuse('too-large', `a roster has at most ${ROSTER_BYTES} bytes`);
    const { name: _, ...read } = file;
    const planned = await planInThread(read, now);
    if ('errors' in planned) return planned;
    const foreign = new Set(
      placesOfChange(now, planned.change)
        .filter(({ path }) => may(actor, 'roster.import', at(path)) !== 'allowed')
        .map(({ code }) => code),
    );
    if (foreign.size === 0) return planned;
    return {
      errors: [...foreign].map((about) => ({
        ...{ line: 0, why: 'outside', about },
        message: `${about} is not of your territory`,
      })),
    };
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

const refusedPlan = (errors: readonly RosterError[]): RosterPlan => ({
  ...{ plan: '', wrong: errors.length, counts: NO_COUNTS, steps: [] },
  errors: errors.slice(0, ROSTER_STEPS).map(({ line, why, about = '' }) => ({ line, why, about })),
});
