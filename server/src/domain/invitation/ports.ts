import type { Invitations } from '../../protocol/invitation.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';

/** A unit's seat as far as a slip is concerned. */
export interface InvitedSeat {
  readonly unit: UnitCode;
  readonly account: string;
  /** It has a good link, opened or not, or a password. */
  readonly hasWayIn: boolean;
}

/** IV3 */
export interface InvitationAct {
  readonly id: string;
  readonly briefing: string;
  readonly territory: UnitPath;
  /** `all` was possible in an earlier version, and withdrew links that were there. */
  readonly links: 'missing' | 'all';
  readonly units: number;
  readonly issued: number;
  readonly account: string;
  readonly byName: string;
}

/** IV1, IV4: what other nodes have of the sheets of an account. @throws DomainError `store-unavailable` */
export interface SheetsElsewhere {
  isMaking(account: string): Promise<boolean>;
  told(account: string, id: string): Promise<Invitations | undefined>;
  /** undefined: it is not ready, or gone */
  file(account: string, id: string): Promise<Buffer | undefined>;
  /** It was taken whole; where that is not heard it is there for its ten minutes. */
  taken(account: string, id: string): Promise<void>;
}

export interface InvitationStore {
  /** The first seat of each unit that has one which is not disabled. */
  seats(units: readonly UnitCode[]): Promise<readonly InvitedSeat[]>;
  /** IV5: the name of the first principal of a unit; undefined: it has none. */
  principalOf(unit: UnitCode): Promise<string | undefined>;
  record(act: InvitationAct): Promise<void>;
}
