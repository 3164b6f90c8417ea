import { type FigureSelection, within } from '../api/contract.ts';

/** FG57: the place of the units that a reader is told of: all of a selection, or those of their own territory alone. */
export const countedWhere = ({ root }: Pick<FigureSelection, 'root'>, own: { path: string; name: string }): string =>
  within(root.path, own.path) ? root.name : own.name;
