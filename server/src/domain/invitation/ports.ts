import type { InvitationLinks } from '../../protocol/invitation.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';

/** A unit's seat as far as a slip is concerned. */
export interface InvitedSeat {
  readonly unit: UnitCode;
  readonly account: string;
  /** A device holds a link of it that is good, or it has a password. */
  readonly signsIn: boolean;
}

/** IV3 */
export interface InvitationAct {
  readonly id: string;
  readonly briefing: string;
  readonly territory: UnitPath;
  readonly links: InvitationLinks;
  readonly units: number;
  readonly issued: number;
  readonly account: string;
  readonly byName: string;
}

export interface InvitationStore {
  /** The first seat of each unit that has one which is not disabled. */
  seats(units: readonly UnitCode[]): Promise<readonly InvitedSeat[]>;
  record(act: InvitationAct): Promise<void>;
}
