import type { Seat } from '../../protocol/floor.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';

/** Who acts; an `Account` is one. */
export type Actor = Pick<Account, 'id' | 'role' | 'indicators'> & { readonly unit: { readonly path: UnitPath } };

/** Who acts in one briefing, and with which device. */
export interface BriefingActor {
  readonly briefing: string;
  readonly account: Account;
  readonly seat: Seat;
}
