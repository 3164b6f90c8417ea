import { EventEmitter } from 'node:events';
import { SharedReads } from '../../lib/SharedReads.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Roster, Tier, Unit, UnitCode, UnitHits, UnitPath } from '../../protocol/organisation.ts';
import { inLine } from '../../protocol/placeName.ts';
import type { Actor } from '../shared/actor.ts';
import { at, demand, may } from '../shared/rights.ts';
import type { UnitStore } from './ports.ts';
import { demandOwnTitle } from './reservedTitles.ts';
import { UnitIndex } from './UnitIndex.ts';

/**
 * The tree for everybody who asks. Each node keeps an index of its own; `refresh`, called every few seconds and after
 * an import, replaces it when the tree or the day has changed.
 */
export class Units extends EventEmitter<{ /** The index was replaced. */ changed: [] }> {
  readonly #store: UnitStore;
  readonly #reads = new SharedReads<boolean>();
  #index: UnitIndex;

  private constructor(store: UnitStore, index: UnitIndex) {
    super();
    this.#store = store;
    this.#index = index;
  }

  static async create(store: UnitStore): Promise<Units> {
    return new Units(store, await load(store));
  }

  /** The tree of this moment; keep the reference for as long as one answer takes, not longer. */
  get index(): UnitIndex {
    return this.#index;
  }

  /** However many ask in the same moment, the tree is read once. @returns whether the index was replaced */
  refresh(): Promise<boolean> {
    return this.#reads.read('tree', () => this.#refresh());
  }

  async #refresh(): Promise<boolean> {
    if ((await this.#store.version()) === this.#index.version) return false;
    this.#index = await load(this.#store);
    this.emit('changed');
    return true;
  }

  /** @throws DomainError `not-found` */
  get(code: UnitCode): Unit {
    const unit = this.#index.find(code);
    if (!unit) throw refuse('not-found', `there is no unit ${code} today`);
    return unit;
  }

  /** NM4. @throws DomainError `name-reserved`, `not-found` */
  demandOwnTitles(names: readonly (string | null)[], code: UnitCode): void {
    const { tier } = this.get(code);
    for (const name of names) if (name) demandOwnTitle(name, tier, this.#index.tiers);
  }

  /** One unit that the actor may see. @throws DomainError `not-found`, `outside-territory` */
  read(actor: Actor, code: UnitCode): { unit: Unit; children: readonly Unit[] } {
    const unit = this.get(code);
    demand(actor, 'roster.read', at(unit.path));
    return { unit, children: this.#index.children(code) };
  }

  /** A whole territory. @throws DomainError `not-found`, `outside-territory` */
  roster(actor: Actor, root: UnitCode): Roster {
    demand(actor, 'roster.read', at(this.get(root).path));
    const units = this.#index.subtree(root);
    return { tiers: [...this.#index.tiers], units: units.map((u) => [u.code, u.path, u.tier, u.name]) };
  }

  /** Hits in the actor's territory only. */
  search(actor: Actor, query: string, limit: number): UnitHits {
    if (may(actor, 'roster.read', at(actor.unit.path)) !== 'allowed') return { units: [] };
    const hits = this.#index.search(query, actor.unit.path, limit);
    return { units: hits.map((unit) => ({ ...unit, within: this.namesAbove(unit.path) })) };
  }

  tiers(): readonly Tier[] {
    return this.#index.tiers;
  }

  /** `Quận 12, Thành phố Hồ Chí Minh`: the units above except the root, nearest first. */
  namesAbove(path: UnitPath): string {
    const above = path.split('.').slice(1, -1).reverse();
    return above
      .map((code) => inLine(this.#index.find(code)?.name ?? ''))
      .filter(Boolean)
      .join(', ');
  }
}

async function load(store: UnitStore): Promise<UnitIndex> {
  const { version, tiers, units } = await store.load();
  return new UnitIndex(version, tiers, units);
}
