import type { Logger } from '../../observability/logger.ts';
import type { Contacts, UnitContacts } from '../../protocol/contacts.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import type { Actor } from '../shared/actor.ts';
import { at, demand } from '../shared/rights.ts';
import { decideContacts, unwritten } from './contacts.ts';
import type { ContactStore } from './ports.ts';
import type { Units } from './Units.ts';

/** Whom to ring in a unit: for the unit itself, and for officials above it (CT2). */
export class ContactBook {
  readonly #store: ContactStore;
  readonly #units: Units;
  readonly #logger: Logger;

  constructor(store: ContactStore, units: Units, logger: Logger) {
    this.#store = store;
    this.#units = units;
    this.#logger = logger;
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async read(actor: Actor, unit: UnitCode): Promise<UnitContacts> {
    return (await this.readMany(actor, [unit]))[0] ?? unwritten(unit);
  }

  /** Of those of which something was ever written. @throws DomainError as above, when one of them is not theirs */
  async readMany(actor: Actor, units: readonly UnitCode[]): Promise<readonly UnitContacts[]> {
    demand(actor, 'contact.read', { paths: units.map((code) => this.#units.get(code).path) });
    return this.#store.of(units);
  }

  /** CT4. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict`, `name-reserved` */
  async change(actor: Actor, unit: UnitCode, wanted: Contacts & { readonly version: number }): Promise<UnitContacts> {
    demand(actor, 'contact.edit', at(this.#units.get(unit).path));
    const { version, ...contacts } = wanted;
    this.#units.demandOwnTitles(
      contacts.people.flatMap(({ name, title }) => [name, title]),
      unit,
    );
    const after = await this.#store.change(unit, { account: actor.id }, (now) =>
      decideContacts(now, version, contacts),
    );
    this.#logger.info({ unit, by: actor.id, version: after.version }, 'contacts of a unit changed');
    return after;
  }
}
