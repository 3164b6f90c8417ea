import type { FigureSelection, SelectedUnit } from '../../protocol/figureSelection.ts';
import { worstFirst } from '../figure/selection/chooseUnits.ts';
import type { Basis } from './ports.ts';

/**
 * FG59, FG67: of a selection those whom a directive went to, or a round asked: others may have made something of the same
 * selection elsewhere. Pure. @returns undefined: none of them
 */
export function basisOf(
  selection: FigureSelection,
  units: readonly SelectedUnit[],
  isReached: (unit: SelectedUnit) => boolean,
): Basis | undefined {
  const reached = units.filter(isReached);
  return reached.length === 0 ? undefined : { selection, units: worstFirst(reached, selection) };
}
