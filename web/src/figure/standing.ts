import type { FigureCard, FigureCoverage } from '../api/contract.ts';

/** FG10: how many of the units are in a sum. */
export const countedIn = ({ fresh, late, held, contested }: FigureCoverage): number => fresh + late + held + contested;

/** By how much a value changed, in steps and in tenths of a per cent of what was before; undefined: nobody knows. */
export function changeOf({ value, former }: Pick<FigureCard, 'value' | 'former'>) {
  if (value === null || former === null) return undefined;
  const steps = value - former;
  return { steps, permille: former > 0 ? Math.round((steps * 1000) / former) : undefined };
}
