import { placedNear, type Taken } from './placedNear.ts';
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
  /** FG163: where it lies, if that is beside what is written: a line leads there. */
  readonly from?: readonly [x: number, y: number];
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
export function viewOf(shapes: readonly Pick<Shape, 'box'>[], { width, height }: Room): View {
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
function around(shapes: readonly Pick<Shape, 'box'>[]): Box {
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
  /** FG162: which part of its area this is, enlarged; left out: all of it, where it lies. */
  readonly part?: number;
}
/** From so much of it on a place is named where it stands enlarged. */
const MOST_OF_IT = 0.6;

/**
 * Where each place is named: in the middle of what lies in it, the archipelagos first (FG35), then the largest. None is
 * written over another.
 * @param waysOf how a place may be written, the longest first
 * @param pointed what goes before all others
 * @param reserved where something else is written
 * @param all FG163: each is written in its shortest way at least, beside where it lies if there is no room
 */
export function labelsOf<P extends Place>(
  places: readonly P[],
  pieces: readonly Piece[],
  { scale, left, top }: View,
  room: Room,
  waysOf: (place: P) => readonly WrittenSize[],
  pointed?: string,
  all = false,
  reserved: readonly Box[] = [],
): Label[] {
  const byKey = Map.groupBy(pieces, ({ key }) => key);
  const named = places.flatMap((place) => {
    const shapes = whereNamed(byKey.get(place.key) ?? []);
    const size = shapes.reduce((sum, shape) => sum + shape.size, 0);
    if (shapes.length === 0) return [];
    const mean = (axis: 0 | 1): number =>
      shapes.reduce((sum, shape) => sum + shape.middle[axis] * (size > 0 ? shape.size / size : 1 / shapes.length), 0);
    const [, , , foot] = around(shapes);
    const ways = waysOf(place);
    return [{ place, size, ways, x: left + mean(0) * scale, y: top + mean(1) * scale, foot: top + foot * scale }];
  });
  type Named = (typeof named)[number];
  const rank = ({ key, of }: P): number => (key === pointed ? 2 : of === undefined ? 0 : 1);
  named.sort((a, b) => rank(b.place) - rank(a.place) || b.size - a.size);
  const boxAt = ({ place, x, y, foot }: Named, [wide, high]: WrittenSize): Box => {
    const at = Math.max(wide / 2, Math.min(room.width - wide / 2, x));
    // Beneath an archipelago, whose few islands are smaller than its name.
    const middle = Math.min(place.of === undefined ? y : foot + BELOW_PX + high / 2, room.height - high / 2);
    return [at - wide / 2, middle - high / 2, at + wide / 2, middle + high / 2];
  };
  const taken: Taken = new Map();
  const isFree = (box: Box, key: string): boolean => {
    if (reserved.some((there) => overlap(box, there))) return false;
    for (const [other, { box: there }] of taken) if (other !== key && overlap(box, there)) return false;
    return true;
  };
  if (all)
    for (const one of named) {
      const way = one.place.key === pointed ? 0 : one.ways.length - 1;
      const box = boxAt(one, one.ways[way] ?? [0, 0]);
      const own = one.place.of === undefined ? placedNear(box, room, (near) => isFree(near, one.place.key)) : box;
      if (own) taken.set(one.place.key, { box: own, way });
    }
  for (const one of named) {
    const { key, of } = one.place;
    const longer = one.ways.findIndex((size) => of !== undefined || isFree(boxAt(one, size), key));
    const size = one.ways[longer];
    if (size && longer < (taken.get(key)?.way ?? Infinity)) taken.set(key, { box: boxAt(one, size), way: longer });
  }
  const labels = named.map((one): Label => {
    const { key, of } = one.place;
    const own = taken.get(key);
    const { box, way } = own ?? { box: boxAt(one, one.ways[0] ?? [0, 0]), way: 0 };
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const isBeside = of === undefined && own && Math.max(Math.abs(x - one.x), Math.abs(y - one.y)) > BESIDE_PX;
    return { key, x, y, fits: own !== undefined, way, ...(isBeside && { from: [one.x, one.y] as const }) };
  });
  const order = new Map(places.map(({ key }, i) => [key, i]));
  return labels.toSorted((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
}

/** Farther from the middle of where it lies a line leads there. */
const BESIDE_PX = 9;

/** FG162: where it stands enlarged, if most of it does. */
function whereNamed(pieces: readonly Piece[]): readonly Shape[] {
  const large = pieces.filter(({ part = 0 }) => part >= MOST_OF_IT);
  return (large.length > 0 ? large : pieces.filter(({ part }) => part === undefined)).map(({ shape }) => shape);
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
