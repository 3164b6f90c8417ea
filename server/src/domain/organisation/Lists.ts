import { refuse } from '../../protocol/errors.ts';
import type { SavedList, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Actor } from '../shared/actor.ts';
import { demand, may } from '../shared/rights.ts';
import type { StoredList, UnitStore } from './ports.ts';
import type { Units } from './Units.ts';

/** Named sets of subtrees, saved to be called again. */
export class Lists {
  readonly #store: UnitStore;
  readonly #units: Units;

  constructor(store: UnitStore, units: Units) {
    this.#store = store;
    this.#units = units;
  }

  /** Those that lie wholly in the actor's territory. */
  async all(actor: Actor): Promise<SavedList[]> {
    const lists = await this.#store.lists();
    return lists
      .filter((list) => may(actor, 'list.read', { paths: this.#paths(list.units) }) === 'allowed')
      .map((list) => ({
        ...list,
        units: [...list.units],
        expected: this.#units.index.countBase(this.#paths(list.units)),
      }));
  }

  /** Makes or replaces a list. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async save(
    actor: Actor & { unit: { code: UnitCode } },
    name: string,
    units: readonly UnitCode[],
  ): Promise<SavedList> {
    const paths = units.map((code) => this.#units.get(code).path);
    demand(actor, 'list.save', { paths });
    const wanted = { name, owner: actor.unit.code, units: [...new Set(units)] };
    const list = await this.#store.saveList(wanted, { account: actor.id }, (now) => {
      if (now) demand(actor, 'list.save', { paths: this.#paths([now.owner, ...now.units]) });
    });
    return { ...list, units: [...list.units], expected: this.#units.index.countBase(paths) };
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict` when there is one of that name */
  async rename(actor: Actor, name: string, wanted: string): Promise<void> {
    const list = await this.#changeable(actor, 'list.save', name);
    if (wanted !== name) await this.#store.renameList(list, wanted, { account: actor.id });
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async remove(actor: Actor, name: string): Promise<void> {
    await this.#store.deleteList(await this.#changeable(actor, 'list.delete', name), { account: actor.id });
  }

  async #changeable(actor: Actor, act: 'list.save' | 'list.delete', name: string): Promise<StoredList> {
    const list = (await this.#store.lists()).find((one) => one.name === name);
    if (!list) throw refuse('not-found', `there is no list "${name}"`);
    demand(actor, act, { paths: this.#paths([list.owner, ...list.units]) });
    return list;
  }

  /** Paths of a list's units that exist today. @throws DomainError `not-found` */
  async pathsOf(name: string): Promise<UnitPath[]> {
    const list = (await this.#store.lists()).find((l) => l.name === name);
    if (!list) throw refuse('not-found', `there is no list "${name}"`);
    return this.#paths(list.units);
  }

  #paths(units: readonly UnitCode[]): UnitPath[] {
    return units.flatMap((code) => this.#units.index.find(code)?.path ?? []);
  }
}
