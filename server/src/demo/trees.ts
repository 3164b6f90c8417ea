import type { Config } from '../config.ts';
import type { RosterRow } from '../domain/organisation/roster.ts';
import type { UnitIndex } from '../domain/organisation/UnitIndex.ts';
import type { Tier } from '../protocol/organisation.ts';
import { countryRows, type NamedUnits, southern, tiers } from './country.ts';
import { countryRowsSince2025, southernSince2025, tiersSince2025 } from './countrySince2025.ts';

/** By the number of their provinces. */
export type DemoTreeName = NonNullable<Config['DEMO_TREE']>;

export interface DemoTree {
  readonly tiers: readonly Tier[];
  rows(): Promise<RosterRow[]>;
  readonly southern: NamedUnits;
}

/** DE6: the country before July 2025, in four tiers, and since then, in three. */
export const demoTrees: Readonly<Record<DemoTreeName, DemoTree>> = {
  63: { tiers, rows: countryRows, southern },
  34: { tiers: tiersSince2025, rows: countryRowsSince2025, southern: southernSince2025 },
};

/** Which of them is there; undefined: neither, as in a new installation. */
export function treeThere(index: Pick<UnitIndex, 'find'>): DemoTreeName | undefined {
  // Those of 34 are there in both, under the same codes.
  return (['63', '34'] as const).find((name) => demoTrees[name].southern.units.every((code) => index.find(code)));
}
