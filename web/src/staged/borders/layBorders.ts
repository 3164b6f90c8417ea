import type { Box, Shape } from './shapes.ts';

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
  /** Which of the ways to write it there is room for, the longest first. */
  readonly way: number;
}
/** What is named on a map: a unit, or an archipelago. */
interface Place {
  readonly key: string;
  /** Of an archipelago: the name of its province. */
  readonly of: string | undefined;
}
/** Of what is written, in pixels. */
export type WrittenSize = readonly [width: number, height: number];
interface Room {
  readonly width: number;
  readonly height: number;
}
const MARGIN_PX = 10;
/** Between what is written and the islands above it. */
const BELOW_PX = 9;

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

/** Without anything made for each: ten thousand are looked at with every tick. */
function around(shapes: readonly Shape[]): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { box } of shapes) {
    if (box[0] < x0) x0 = box[0];
    if (box[1] < y0) y0 = box[1];
    if (box[2] > x1) x1 = box[2];
    if (box[3] > y1) y1 = box[3];
  }
  return [x0, y0, x1, y1];
}

/** What a map by borders consists of, each under the key of the place in which it lies. */
export interface Piece {
  readonly key: string;
  readonly shape: Shape;
}
/**
 * Where each place is named: in the middle of what lies in it, the archipelagos first (FG35), then the largest. None is
 * written over another.
 * @param waysOf how a place may be written, the longest first
 * @param pointed what goes before all others
 */
export function labelsOf<P extends Place>(
  places: readonly P[],
  pieces: readonly Piece[],
  { scale, left, top }: View,
  { width, height }: Room,
  waysOf: (place: P) => readonly WrittenSize[],
  pointed?: string,
): Label[] {
  const byKey = Map.groupBy(pieces, ({ key }) => key);
  const named = places.flatMap((place) => {
    const shapes = (byKey.get(place.key) ?? []).map(({ shape }) => shape);
    const size = shapes.reduce((sum, shape) => sum + shape.size, 0);
    if (shapes.length === 0) return [];
    const mean = (axis: 0 | 1): number =>
      shapes.reduce((sum, shape) => sum + shape.middle[axis] * (size > 0 ? shape.size / size : 1 / shapes.length), 0);
    const [, , , foot] = around(shapes);
    return [{ place, size, x: left + mean(0) * scale, y: top + mean(1) * scale, foot: top + foot * scale }];
  });
  const rank = ({ key, of }: P): number => (key === pointed ? 2 : of === undefined ? 0 : 1);
  named.sort((a, b) => rank(b.place) - rank(a.place) || b.size - a.size);
  const taken: Box[] = [];
  const labels = named.map(({ place, x, y, foot }): Label => {
    const isSea = place.of !== undefined;
    const boxes = waysOf(place).map(([wide, high]): Box => {
      const at = Math.max(wide / 2, Math.min(width - wide / 2, x));
      // Beneath an archipelago, whose few islands are smaller than its name.
      const middle = Math.min(isSea ? foot + BELOW_PX + high / 2 : y, height - high / 2);
      return [at - wide / 2, middle - high / 2, at + wide / 2, middle + high / 2];
    });
    const found = boxes.findIndex((own) => isSea || taken.every((other) => !overlap(own, other)));
    const way = Math.max(0, found);
    const own = boxes[way] ?? [x, y, x, y];
    if (found >= 0) taken.push(own);
    return { key: place.key, x: (own[0] + own[2]) / 2, y: (own[1] + own[3]) / 2, fits: found >= 0, way };
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
