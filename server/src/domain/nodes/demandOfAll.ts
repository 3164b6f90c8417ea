import type { Actor } from '../shared/actor.ts';
import { at, demand } from '../shared/rights.ts';
import type { Act } from '../shared/rightsTable.ts';
import { upFrom } from '../shared/territory.ts';

/** PL12: nodes serve everybody, so they are for who has the whole tree. */
export function demandOfAll(account: Actor, act: Act): void {
  const above = [...upFrom(account.unit.path)];
  demand(account, act, at(above.at(-1) ?? account.unit.path));
}
