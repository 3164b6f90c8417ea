import type { Indicator } from '../../protocol/figureDefinition.ts';

/** Codes of what an indicator is read from, of which the first says which periods there are. */
export function partsOf({ code, up, numerator, denominator, weight }: Indicator): string[] {
  if (up === 'ratio') return [numerator ?? '', denominator ?? ''];
  return up === 'weighted' ? [code, weight ?? ''] : [code];
}

/** FG90: those that are listed as reporting it; of a ratio, its numerator. undefined: all do. */
export const reportersOf = (
  { up, numerator, reporters }: Indicator,
  indicators: ReadonlyMap<string, Indicator>,
): readonly string[] | undefined => (up === 'ratio' ? indicators.get(numerator ?? '')?.reporters : reporters);
