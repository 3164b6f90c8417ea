import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureCells } from '../Cells.ts';
import { partsOf } from '../partsOf.ts';
import { periodEnd, periodOf } from '../periods.ts';
import type { UnitPart } from '../rollUp.ts';

/** An indicator in one of its periods. */
export interface PeriodOf {
  readonly indicator: Indicator;
  /** Its start. */
  readonly period: number;
}

/**
 * FG97: whether what counts of a unit was said of this very period. A value that stands from before says nothing of what has
 * changed since, and neither does that of a unit of which a part is missing.
 */
export function isOfPeriod(
  place: number,
  { indicator, period, cells, part }: PeriodOf & { readonly cells: FigureCells; readonly part?: UnitPart },
  indicators: ReadonlyMap<string, Indicator>,
): boolean {
  const { value, state, end, closed = 0 } = part ?? cells.part(place);
  if (value === null || state === 'stale' || (closed > 0 && state === 'late')) return false;
  if (indicator.up !== 'ratio') return end === periodEnd(indicator.every, period);
  // Its denominator may come more rarely, and is older then; or once, and is of no day (FG175).
  const [numerator = indicator, ...others] = partsOf(indicator).flatMap((code) => indicators.get(code) ?? []);
  const dated = [numerator, ...others.filter(({ every }) => every !== 'once')];
  const ends = dated.map(({ every }) => periodEnd(every, periodOf(every, period)));
  return end === Math.min(...ends) && (closed > 0 || cells.saidFrom(place) === periodOf(numerator.every, period));
}
