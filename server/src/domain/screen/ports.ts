import type { Screen, WallLayout } from '../../protocol/screen.ts';
import type { EndedSession, StoredAccount } from '../organisation/ports.ts';

export interface PairedScreen {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly account: StoredAccount;
  readonly layout: WallLayout;
}

export interface NewScreen {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly name: string;
  readonly unit: string;
  readonly by: string;
  readonly hours: number;
  readonly layout: WallLayout;
}

export interface ScreenStore {
  /** Makes the account and the screen in one transaction. */
  pair(screen: NewScreen): Promise<Omit<Screen, 'here'>>;
  /** One that is paired, not withdrawn, and not past its time. */
  find(id: string): Promise<PairedScreen | undefined>;
  /** Of the unit, the newest first. */
  ofUnit(unit: string): Promise<readonly (Omit<Screen, 'here'> & { readonly account: string })[]>;
  /** @returns false: that unit has no such screen */
  change(id: string, unit: string, layout: WallLayout): Promise<boolean>;
  /** Withdraws it and ends its sessions. @returns undefined: that unit has no such screen */
  revoke(id: string, unit: string): Promise<readonly EndedSession[] | undefined>;
  /** Those whose time is past. @returns the sessions that ended */
  sweep(): Promise<readonly EndedSession[]>;
}
