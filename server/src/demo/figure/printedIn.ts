import { mergedInto } from '../mergedProvinces.ts';
import { casesOfLastDay, disputedOfLastDay } from './outbreakAnchors.ts';
import type { Reporter } from './scenario.ts';

/** What was printed of provinces, by those that a country has: of those that were merged, the sum. */
export interface PrintedProvinces {
  /** Of the last day; those without are left out. */
  readonly cases: ReadonlyMap<string, number>;
  /** Another number for one of them. */
  readonly disputed: { readonly province: string; readonly cases: number };
  /** In which one lies what was a province in 2021. */
  of(province: string): string;
}

/** @param reporters of the country */
export function printedIn(reporters: readonly Reporter[]): PrintedProvinces {
  const there = new Set(reporters.map(({ province }) => province));
  const of = (province: string): string => (there.has(province) ? province : (mergedInto[province] ?? province));
  const cases = new Map<string, number>();
  for (const [province, more] of Object.entries(casesOfLastDay))
    cases.set(of(province), (cases.get(of(province)) ?? 0) + more);
  const province = of(disputedOfLastDay.province);
  const others = (cases.get(province) ?? 0) - (casesOfLastDay[disputedOfLastDay.province] ?? 0);
  return { cases, of, disputed: { province, cases: others + disputedOfLastDay.cases } };
}
