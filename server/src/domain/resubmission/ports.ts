import type { Follow } from '../../protocol/directive.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Restore, Resubmission } from '../../protocol/resubmission.ts';
import type { EntryRecord } from '../rollcall/entryRules.ts';
import type { Fate, LostMoment, TakenIn } from './decide.ts';
import type { Offered } from './offered.ts';

/** Who sends something again: the unit of their account, and from where. */
export interface Resubmitter {
  readonly account: string;
  readonly name: string;
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly identity: string;
  readonly address: string;
  readonly received: Date;
}

/** With who sends it. */
export type Offer = Offered & { readonly by: Resubmitter };

/** Why it proves nothing. */
export type Doubt = 'broken' | 'unstamped' | 'forged' | 'not-lost';

export interface Written {
  /** In the order of the offers. */
  readonly outcomes: readonly (Fate | 'stands' | 'not-lost')[];
  /** What was recorded again in rounds, and where addressees stand by it. */
  readonly entries: readonly EntryRecord[];
  readonly follows: readonly Follow[];
}

/** What came in again. */
export interface ResubmissionStore {
  /** The last restore, by its own clock. */
  lastRestore(): Promise<Restore | undefined>;
  /** Which of them are on record, where their receipts say so or again, in their order. Takes no lock. */
  standing(offers: readonly Offered[]): Promise<readonly (Fate | 'stands' | undefined)[]>;
  /** RS2, RS3: one transaction, under the lock of the chain or, where that is gone, of `system`. @throws DomainError `store-unavailable` */
  takeIn(chain: string, offers: readonly Offer[], decide: (moment: LostMoment) => TakenIn): Promise<Written>;
  /** RS4 */
  claim(offer: Offer, doubt: Doubt): Promise<void>;
  /** Of a territory, newest first. @param before the time of the last one that is known */
  list(
    territory: UnitPath,
    before: string | undefined,
    limit: number,
  ): Promise<readonly Omit<Resubmission, 'unitName'>[]>;
}
