import { within } from '../../../api/contract.ts';
import type { Piece } from '../../../staged/borders/layBorders.ts';
import type { Shape, Shapes } from '../../../staged/borders/shapes.ts';
import type { MapPlace } from '../mapPlaces.ts';

/** What a map shows. */
interface MapOf {
  readonly places: readonly MapPlace[];
  readonly rest: readonly string[];
  /** Paths of cells. */
  readonly units: readonly string[];
}
export interface Drawn extends Piece {
  readonly cell: number;
}

/**
 * Cells of some places within their borders, and the ground around them: what is shown of few units lies in the same
 * country as all others (FG35).
 */
export function piecesOf(
  { places, rest, units }: MapOf,
  { byCode }: Pick<Shapes, 'byCode'>,
): { readonly drawn: readonly Drawn[]; readonly ground: readonly Piece[] } {
  const shapeOf = (path: string): Shape | undefined => byCode.get(path.slice(path.lastIndexOf('.') + 1));
  const drawn = places.flatMap(({ key, cells }) =>
    cells.flatMap((cell) => {
      const shape = shapeOf(units[cell] ?? '');
      return shape ? [{ key, cell, shape }] : [];
    }),
  );
  const seas = places.filter(({ of, path }) => of !== undefined && path !== undefined);
  const level =
    (places.find(({ path, of }) => path !== undefined && of === undefined)?.path ?? '').split('.').length - 1;
  const ground = rest.flatMap((path) => {
    const shape = shapeOf(path);
    const sea = seas.find((one) => within(path, one.path ?? ''));
    return shape ? [{ key: sea?.key ?? path.split('.')[level] ?? path, shape }] : [];
  });
  return { drawn, ground };
}

/**
 * Whether each cell of some places has a shape, since a map with gaps would say that nobody lives there; and each
 * archipelago has one, whoever is asked (FG35).
 */
export function areDrawn(map: MapOf, shapes: Shapes): boolean {
  const cells = map.places.reduce((sum, place) => sum + place.cells.length, 0);
  const { drawn, ground } = piecesOf(map, shapes);
  const keys = new Set([...drawn, ...ground].map(({ key }) => key));
  return cells > 0 && drawn.length === cells && map.places.every(({ of, key }) => of === undefined || keys.has(key));
}
