import type { FigureSelection } from '../../../protocol/figureSelection.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { liesIn } from '../../shared/territory.ts';

interface Sight {
  /** How many of its units are in the territory. */
  readonly own: number;
  /** As the tree is now. */
  readonly pathOf: (code: UnitCode) => UnitPath | undefined;
}

/** FG57: what is read of a selection in a territory: that of others is not even counted. */
export function seenFrom(territory: UnitPath, selection: FigureSelection, { own, pathOf }: Sight): FigureSelection {
  const territories = new Set([territory]);
  if (liesIn(selection.root.path, territories)) return selection;
  const except = selection.except.filter((code) => liesIn(pathOf(code) ?? '', territories));
  return { ...selection, units: own, except };
}
