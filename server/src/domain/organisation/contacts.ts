import type { Contact, Contacts, UnitContacts } from '../../protocol/contacts.ts';
import { refuse } from '../../protocol/errors.ts';
import type { UnitCode } from '../../protocol/organisation.ts';

export const noContacts: Contacts = { telephone: null, people: [] };

export const sameContacts = (a: Contacts, b: Contacts): boolean =>
  a.telephone === b.telephone &&
  a.people.length === b.people.length &&
  a.people.every((person, i) => samePerson(person, b.people[i]));

const samePerson = (a: Contact, b: Contact | undefined): boolean =>
  b !== undefined && a.name === b.name && a.title === b.title && a.telephone === b.telephone && a.deputy === b.deputy;

export const unwritten = (unit: UnitCode): UnitContacts => ({ ...noContacts, unit, version: 0, changedAt: null });

/**
 * CT4: what is wanted is written when it was decided on what stands; undefined: it stands already, as when the same is
 * sent twice. @throws DomainError `conflict`
 */
export function decideContacts(now: UnitContacts, seen: number, wanted: Contacts): Contacts | undefined {
  if (sameContacts(now, wanted)) return undefined;
  if (now.version !== seen)
    throw refuse('conflict', `the contacts of ${now.unit} were changed meanwhile: read them again`);
  return wanted;
}
