import { planRoster } from '../../domain/organisation/planRoster.ts';
import { UnitIndex } from '../../domain/organisation/UnitIndex.ts';
import { ROOT } from '../country.ts';
import { type DemoTreeName, demoTrees } from '../trees.ts';
import type { Reporter } from './scenario.ts';

/** Every unit of a country that has none below it, in the order of codes: whom the scenarios are told of. */
export const reportersIn = (index: Pick<UnitIndex, 'baseUnits'>): Reporter[] =>
  index
    .baseUnits([ROOT])
    .map(({ code, path }) => ({ code, province: path.split('.')[1] ?? code }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));

export async function reportersOfDemo(tree: DemoTreeName = '63'): Promise<Reporter[]> {
  const { tiers, rows } = demoTrees[tree];
  const { added } = planRoster({ tiers: [], versions: [] }, tiers, await rows());
  return reportersIn(new UnitIndex('1', tiers, added));
}
