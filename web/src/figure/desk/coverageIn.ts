import {
  type FigureCoverage,
  type FigureFrame,
  type FigureState,
  figureStateSchema,
  within,
} from '../../api/contract.ts';
import { stateAt } from './mapPlaces.ts';

/** How many units of a place are in each state. */
export function coverageIn(frame: FigureFrame, place: string): FigureCoverage {
  const counts = { expected: 0, ...Object.fromEntries(figureStateSchema.options.map((state) => [state, 0])) };
  const found = counts as Record<FigureState | 'expected', number>;
  frame.units.forEach((path, i) => {
    if (!within(path, place)) return;
    found.expected++;
    found[stateAt(frame, i)]++;
  });
  return found;
}
