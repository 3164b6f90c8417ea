import type { Contacts } from '../../protocol/contacts.ts';
import type { Tier, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { RosterFault } from '../../protocol/rosterImport.ts';

/**
 * What a unit was from one day to another. Dates are `YYYY-MM-DD`; `validTo` is the first day on which it is no more.
 */
export interface UnitVersion {
  readonly code: UnitCode;
  readonly parent: UnitCode | null;
  readonly path: UnitPath;
  readonly tier: string;
  readonly name: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** One line of a roster file. */
export interface RosterRow {
  /** Where it stands in the file, for messages. */
  readonly line: number;
  readonly code: UnitCode;
  readonly parent: UnitCode | null;
  readonly tier: string;
  readonly name: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Missing: the file says nothing of them, so they stay. */
  readonly contacts?: Contacts;
}

/** What the store knows when a change is decided. */
export interface RosterNow {
  readonly tiers: readonly Tier[];
  /** Every version of every unit. */
  readonly versions: readonly UnitVersion[];
  readonly contacts: ReadonlyMap<UnitCode, Contacts>;
}

/** What an import writes. */
export interface RosterChange {
  readonly tiers: readonly Tier[];
  readonly added: readonly UnitVersion[];
  /** Versions that end, by code: the first day on which they are no more. */
  readonly ended: readonly { readonly code: UnitCode; readonly validTo: string }[];
  /** Codes that are closed for ever. */
  readonly closed: readonly { readonly code: UnitCode; readonly closedOn: string }[];
  /** Of those units whose contacts are others now. */
  readonly contacts: readonly (Contacts & { readonly unit: UnitCode })[];
}

export interface RosterError {
  readonly line: number;
  readonly message: string;
  readonly why: RosterFault;
  /** A code, a column, a tier. */
  readonly about?: string;
}

/** Nothing was written; `errors` says for each line what is wrong. */
export class RosterRefused extends Error {
  override readonly name = 'RosterRefused';
  readonly errors: readonly RosterError[];
  constructor(errors: readonly RosterError[]) {
    super(errors.map((e) => (e.line > 0 ? `line ${e.line}: ${e.message}` : e.message)).join('\n'));
    this.errors = errors;
  }
}
