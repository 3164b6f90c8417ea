import { within } from '../../../api/contract.ts';
import type { MapPlace } from '../mapPlaces.ts';
import { type Box, boxOf, type Shape, type Shapes } from './shapes.ts';

/** How the map lies in its room: a point of it is so many pixels from the left and from the top. */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}
/** A place with what is written on it. */
export interface Label {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  /** There is room to write it; otherwise it is written where it has the focus. */
  readonly fits: boolean;
}
/** What a map shows. */
interface MapOf {
  readonly places: readonly MapPlace[];
  readonly rest: readonly string[];
  /** Paths of cells. */
  readonly units: readonly string[];
}
interface Room {
  readonly width: number;
  readonly height: number;
}
const MARGIN_PX = 10;
const LINE_PX = 18;

/** All of some shapes, as large as they fit. */
export function viewOf(shapes: readonly Shape[], { width, height }: Room): View {
  const [x0, y0, x1, y1] = around(shapes);
  const scale = Math.min(
    (width - 2 * MARGIN_PX) / Math.max(1e-6, x1 - x0),
    (height - 2 * MARGIN_PX) / Math.max(1e-6, y1 - y0),
  );
  return {
    scale,
    left: (width - (x1 - x0) * scale) / 2 - x0 * scale,
    top: (height - (y1 - y0) * scale) / 2 - y0 * scale,
  };
}

const around = (shapes: readonly Shape[]): Box =>
  boxOf(shapes.map(({ box: [x0, y0, x1, y1] }) => Float32Array.of(x0, y0, x1, y1)));

/** What a map by borders consists of, each under the key of the place in which it lies. */
export interface Piece {
  readonly key: string;
  readonly shape: Shape;
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
 * Where each place is named: in the middle of what lies in it, the archipelagos first (FG35), then the largest. None is
 * written over another.
 * @param widthOf of what is written, in pixels
 */
export function labelsOf(
  places: readonly MapPlace[],
  pieces: readonly Piece[],
  { scale, left, top }: View,
  { width, height }: Room,
  widthOf: (place: MapPlace) => number,
): Label[] {
  const byKey = Map.groupBy(pieces, ({ key }) => key);
  const named = places.flatMap((place) => {
    const shapes = (byKey.get(place.key) ?? []).map(({ shape }) => shape);
    const size = shapes.reduce((sum, shape) => sum + shape.size, 0);
    if (shapes.length === 0) return [];
    const mean = (axis: 0 | 1): number =>
      shapes.reduce((sum, shape) => sum + shape.middle[axis] * (size > 0 ? shape.size / size : 1 / shapes.length), 0);
    // Beneath an archipelago, whose few islands are smaller than its name.
    const [, , , foot] = around(shapes);
    const y = place.of === undefined ? top + mean(1) * scale : top + foot * scale + LINE_PX;
    return [{ place, size, x: left + mean(0) * scale, y: Math.min(y, height - LINE_PX / 2) }];
  });
  named.sort((a, b) => Number(b.place.of !== undefined) - Number(a.place.of !== undefined) || b.size - a.size);
  const taken: Box[] = [];
  const labels = named.map(({ place, x, y }): Label => {
    const half = widthOf(place) / 2;
    const at = Math.max(half, Math.min(width - half, x));
    const own: Box = [at - half, y - LINE_PX / 2, at + half, y + LINE_PX / 2];
    const fits = place.of !== undefined || taken.every((other) => !overlap(own, other));
    if (fits) taken.push(own);
    return { key: place.key, x: at, y, fits };
  });
  const order = new Map(places.map(({ key }, i) => [key, i]));
  return labels.toSorted((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
}

const overlap = ([ax0, ay0, ax1, ay1]: Box, [bx0, by0, bx1, by1]: Box): boolean =>
  ax0 < bx1 && bx0 < ax1 && ay0 < by1 && by0 < ay1;

/** Numbers of the lines around each place: those that no other unit of the same place has. */
export function outlines(pieces: readonly Piece[]): number[] {
  const owner = new Map<number, string | undefined>();
  for (const { key, shape } of pieces)
    for (const line of shape.lines) owner.set(line, owner.get(line) === key ? undefined : key);
  return [...owner].flatMap(([line, key]) => (key === undefined ? [] : [line]));
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
