import { type FigureFrame, type FigureState, figureStateSchema } from '../../api/contract.ts';
import type { MapJoins } from './mapJoins.ts';
import { type MapPlace, stateAt } from './mapPlaces.ts';

export type TableLine =
  | { readonly kind: 'place'; readonly key: string; readonly place: MapPlace }
  /** @property cell its place in the frame */
  | { readonly kind: 'unit'; readonly key: string; readonly cell: number };
export interface TableSort {
  readonly by: 'unit' | 'value' | 'change' | 'state' | 'presence';
  readonly down: boolean;
}

/**
 * The lines of the table: as on the map, each tile with its units below it; by anything else units alone, those without
 * a value last.
 */
export function linesOf(
  frame: FigureFrame,
  places: readonly MapPlace[],
  { by, down }: TableSort,
  { change, present }: MapJoins = {},
): readonly TableLine[] {
  const unitLine = (cell: number): TableLine => ({ kind: 'unit', key: frame.units[cell] ?? '', cell });
  if (by === 'unit') {
    const ordered = down ? places.toReversed() : places;
    return ordered.flatMap((place) => {
      const units = (down ? place.cells.toReversed() : place.cells).map(unitLine);
      const own =
        place.cells.length === 1 && frame.units[place.cells[0] ?? -1] === place.path && place.of === undefined;
      return own ? units : [{ kind: 'place', key: `place ${place.key}`, place } as const, ...units];
    });
  }
  const sign = down ? -1 : 1;
  const cells = places.flatMap((place) => place.cells);
  const order = (cell: number): number => stateOrder.indexOf(stateAt(frame, cell));
  const isHere = (cell: number): number => Number(present?.has(frame.units[cell] ?? '') ?? false);
  const values = by === 'change' ? (change?.frame.changes ?? []) : frame.values;
  cells.sort((a, b) => {
    if (by === 'state') return sign * (order(a) - order(b)) || a - b;
    if (by === 'presence') return sign * (isHere(a) - isHere(b)) || a - b;
    const [one, other] = [values[a] ?? null, values[b] ?? null];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b;
    return sign * (one - other) || a - b;
  });
  return cells.map(unitLine);
}

const stateOrder: readonly FigureState[] = figureStateSchema.options;
