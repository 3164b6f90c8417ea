import type { Indicator } from '../../protocol/figureDefinition.ts';
import { computedCells, type FigureCells, reportersOnly } from './Cells.ts';
import type { FigureLayout } from './FigureLayout.ts';
import { formerCells } from './former/formerCells.ts';
import { partsOf, reportersOf } from './partsOf.ts';
import { shiftOf } from './rollUp.ts';

interface IndicatorGround {
  readonly layout: FigureLayout;
  readonly indicators: ReadonlyMap<string, Indicator>;
}

const NOTHING: FigureCells = {
  size: 0,
  part: () => ({ state: 'none', value: null, end: null }),
  saidFrom: () => undefined,
};

/** A part that is sent once, as a population, does not make a ratio look older. [FG175] */
const ofNoDay = (cells: FigureCells): FigureCells => ({
  ...cells,
  part: (place) => ({ ...cells.part(place), end: null }),
});

/**
 * FG9, FG61, FG90: the units of today by what was sent in: computed, with what closed ones said, of those that report. Pure.
 * @param cells of a part, by its code; undefined: nothing was said of it
 */
export function indicatorCells(
  indicator: Indicator,
  period: number,
  { layout, indicators }: IndicatorGround,
  cells: (code: string) => FigureCells | undefined,
): FigureCells {
  const [one = NOTHING, by = NOTHING] = partsOf(indicator).map(cells);
  const { up, denominator = '' } = indicator;
  const listed = reportersOf(indicator, indicators);
  const all = listed && layout.reporting(listed);
  if (up !== 'ratio' && up !== 'weighted')
    return reportersOnly(formerCells(one, { layout, up, period, shift: 0 }), all);
  const shift = shiftOf(indicator, indicators);
  const over = indicators.get(denominator)?.every === 'once' ? ofNoDay(by) : by;
  return reportersOnly(formerCells(computedCells(up, [one, over], shift), { layout, up, period, shift }), all);
}
