import type { FigureCoverage } from './figure.ts';
import type { Indicator } from './figureDefinition.ts';

interface Told {
  /** Left out by versions before FG128, on stages and on record: then it follows from what is counted. */
  readonly up?: Indicator['up'] | undefined;
  readonly value: number | null;
  /** How many of the units that report have a value in it, of how many. */
  readonly counted: number;
  readonly expected: number;
}

/** How many of the units that report have a value in it. */
export const countedIn = ({ fresh, late, held, contested }: FigureCoverage): number => fresh + late + held + contested;

/**
 * FG126, FG128: what goes with the value of a territory: of how many units it is, or that its owner has announced it, or not yet.
 * A unit that began later has a value of a day before on which it is not expected (FG61). Pure.
 */
export function toldAs({ up, value, counted, expected }: Told): 'units' | 'announced' | 'unannounced' {
  if (counted > 0 || (up !== undefined && up !== 'none')) return 'units';
  if (up === 'none') return value === null ? 'unannounced' : 'announced';
  return value !== null && expected > 0 ? 'announced' : 'units';
}

/** FG10: when the oldest period that is in a value has ended, where that is a period before the one that is told; else undefined. Pure. */
export function endBefore({
  every,
  period,
  oldest,
}: Pick<Indicator, 'every'> & { readonly period: string; readonly oldest?: string | null | undefined }) {
  return oldest && every !== 'once' && Date.parse(oldest) <= Date.parse(period) ? oldest : undefined;
}
