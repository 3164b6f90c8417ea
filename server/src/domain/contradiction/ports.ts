import type { Contradiction, FoundSeal, SealPlace } from '../../protocol/contradiction.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Receipt } from '../../protocol/record.ts';

/** A place, and whose receipt it is of. */
export interface PlaceOfUnit extends SealPlace {
  readonly unit: UnitCode;
}

/** The device that found it, and when. */
export interface Finder {
  readonly account: string;
  readonly name: string;
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly identity: string;
  readonly address: string;
  readonly received: Date;
}

export interface NewContradiction {
  readonly by: Finder;
  readonly receipt: Receipt;
  readonly found: FoundSeal;
  readonly proven: boolean;
}

/** What pages compare with their receipts, and what they found. */
export interface ContradictionStore {
  /** In the order of the places. @throws DomainError `store-unavailable` */
  found(places: readonly PlaceOfUnit[]): Promise<readonly FoundSeal[]>;
  /** Kept once for each place. */
  keep(contradiction: NewContradiction): Promise<void>;
  /** Of a territory, newest first. */
  list(territory: UnitPath, limit: number): Promise<readonly Omit<Contradiction, 'unitName'>[]>;
}
