import { outlines, type Piece, type View } from './layBorders.ts';
import { type Box, type Inset, type Shape, type Shapes, shapeOf } from './shapes.ts';

/**
 * FG162: what of some pieces lies in a region that stands enlarged, once more, as large as it is there. What they say besides their
 * areas they say there too.
 */
export function enlarged<P extends Piece>(pieces: readonly P[], insets: readonly Inset[]): (P & Pick<Piece, 'part'>)[] {
  return insets.flatMap(({ from, to }) => {
    const [across, down] = [(to[2] - to[0]) / (from[2] - from[0]), (to[3] - to[1]) / (from[3] - from[1])];
    return pieces.flatMap((piece) => {
      if (!touches(piece.shape.box, from)) return [];
      const rings = piece.shape.rings.flatMap((ring) => {
        const cut = clipped(ring, from);
        for (let i = 0; i < cut.length; i += 2) {
          cut[i] = to[0] + ((cut[i] as number) - from[0]) * across;
          cut[i + 1] = to[1] + ((cut[i + 1] as number) - from[1]) * down;
        }
        return cut.length > 6 ? [cut] : [];
      });
      if (rings.length === 0) return [];
      const shape = shapeOf(rings, []);
      const part = piece.shape.size > 0 ? shape.size / (across * down * piece.shape.size) : 1;
      return [{ ...piece, shape, part }];
    });
  });
}

/** Around places, around what of them stands enlarged, and around these regions: where they lie, and where they stand. */
export const linesOf = (
  pieces: readonly Piece[],
  { lines, insets }: Pick<Shapes, 'lines' | 'insets'>,
): Float32Array[] => [
  ...outlines(pieces).flatMap((nr) => lines[nr] ?? []),
  ...pieces.flatMap(({ part, shape }) => (part === undefined ? [] : shape.rings)),
  ...insets.flatMap(({ from, to }) => [rectangle(from), rectangle(to)]),
];

/** As a view has to have room for it. */
export const roomsOf = (insets: readonly Inset[]): Pick<Shape, 'box'>[] => insets.map(({ to }) => ({ box: to }));

/** Of the letters of its map, and around its words, in pixels: as insets.css has it; `wide`: a letter's width, rather more. */
const TITLE = { letters: 0.75, line: 1.3, wide: 0.6, padding: [8, 2] } as const;

/** FG163: where the names of these regions stand, over which nothing else is written, in pixels. @param letters of the map */
export const titleBoxes = (
  insets: readonly Inset[],
  { scale, left, top }: View,
  letters: number,
  language: 'vi' | 'en',
): Box[] =>
  insets.map(({ name, to: [x, y] }) => {
    const px = TITLE.letters * letters;
    const [x0, y0] = [left + x * scale, top + y * scale];
    const width = name[language].length * TITLE.wide * px + TITLE.padding[0];
    return [x0, y0, x0 + width, y0 + TITLE.line * px + TITLE.padding[1]];
  });

const rectangle = ([x0, y0, x1, y1]: Box): Float32Array => Float32Array.from([x0, y0, x1, y0, x1, y1, x0, y1, x0, y0]);

const touches = ([ax0, ay0, ax1, ay1]: Box, [bx0, by0, bx1, by1]: Box): boolean =>
  ax0 < bx1 && bx0 < ax1 && ay0 < by1 && by0 < ay1;

/** The part of a ring within a box (Sutherland and Hodgman), closed; empty: none. */
function clipped(ring: Float32Array, [x0, y0, x1, y1]: Box): Float32Array {
  let points = Array.from(
    { length: ring.length / 2 },
    (_, i): Point => [ring[2 * i] as number, ring[2 * i + 1] as number],
  );
  for (const [axis, border, sign] of [
    [0, x0, 1],
    [0, x1, -1],
    [1, y0, 1],
    [1, y1, -1],
  ] as const) {
    const isIn = (point: Point): boolean => (point[axis] - border) * sign >= 0;
    points = points.flatMap((point, i): Point[] => {
      const before = points.at(i - 1) as Point;
      if (isIn(point) === isIn(before)) return isIn(point) ? [point] : [];
      const share = (border - before[axis]) / (point[axis] - before[axis]);
      const edge: Point = [before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share];
      return isIn(point) ? [edge, point] : [edge];
    });
  }
  const [first] = points;
  return Float32Array.from(first ? [...points, first].flat() : []);
}
type Point = readonly [x: number, y: number];
