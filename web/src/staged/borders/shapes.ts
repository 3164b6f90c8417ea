import type { Borders } from '../../api/contract.ts';

/** Left, top, right, bottom. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

/** The area of a unit, in heights of the whole map: x and y by turns, a ring each. */
export interface Shape {
  readonly rings: readonly Float32Array[];
  readonly box: Box;
  /** In the middle of its largest ring. */
  readonly middle: readonly [x: number, y: number];
  readonly size: number;
  /** Numbers of the lines that it has. */
  readonly lines: readonly number[];
}
/** FG162: a region of the map, and the room in which it stands enlarged. */
export interface Inset {
  readonly name: { readonly vi: string; readonly en: string };
  readonly from: Box;
  readonly to: Box;
}
export interface Shapes {
  /** By code; islands of an archipelago by its name, where borders name it. */
  readonly byCode: ReadonlyMap<string, Shape>;
  /** In the order of the units that borders list. */
  readonly all: readonly Shape[];
  /** By number. */
  readonly lines: readonly Float32Array[];
  readonly insets: readonly Inset[];
}

/** Areas from the lines that neighbours share. */
export function shapesOf({ ratio, steps, arcs, units, insets = [] }: Borders): Shapes {
  const lines = arcs.map((arc) => {
    const line = new Float32Array(arc.length);
    let [x, y] = [0, 0];
    for (let i = 0; i + 1 < arc.length; i += 2) {
      x += arc[i] as number;
      y += arc[i + 1] as number;
      line[i] = (x * ratio) / steps;
      line[i + 1] = y / steps;
    }
    return line;
  });
  const all = units.map(({ rings }) =>
    shapeOf(
      rings.map((ring) => joined(ring, lines)),
      rings.flat().map((nr) => (nr < 0 ? ~nr : nr)),
    ),
  );
  const byCode = new Map(units.map(({ code, sea }, i) => [sea ?? code, all[i] as Shape]));
  const boxAt = ([x0, y0, x1, y1]: Box): Box => [
    ...([(x0 * ratio) / steps, y0 / steps] as const),
    ...([(x1 * ratio) / steps, y1 / steps] as const),
  ];
  return {
    byCode,
    all,
    lines,
    insets: insets.map(({ name, from, to }) => ({ name, from: boxAt(from), to: boxAt(to) })),
  };
}

/** @param lines numbers of those that it shares with its neighbours */
export function shapeOf(drawn: readonly Float32Array[], lines: readonly number[]): Shape {
  const box = boxOf(drawn);
  let [middle, size]: [readonly [number, number], number] = [[(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], 0];
  for (const ring of drawn) {
    const [area, x, y] = centreOf(ring);
    if (area > size) [middle, size] = [[x, y], area];
  }
  return { rings: drawn, box, middle, size, lines };
}

/** Where one line ends the next begins. */
function joined(ring: readonly number[], lines: readonly Float32Array[]): Float32Array {
  const points: number[] = [];
  for (const nr of ring) {
    const line = lines[nr < 0 ? ~nr : nr];
    if (!line) continue;
    const count = line.length / 2;
    for (let i = points.length > 0 ? 1 : 0; i < count; i++) {
      const at = 2 * (nr < 0 ? count - 1 - i : i);
      points.push(line[at] as number, line[at + 1] as number);
    }
  }
  return Float32Array.from(points);
}

function boxOf(rings: readonly Float32Array[]): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      const [x, y] = [ring[i] as number, ring[i + 1] as number];
      [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
    }
  return [x0, y0, x1, y1];
}

/** Area of a ring, and its centre. */
function centreOf(ring: Float32Array): readonly [area: number, x: number, y: number] {
  let [twice, x, y] = [0, 0, 0];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]] as unknown as number[] as [
      number,
      number,
      number,
      number,
    ];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return twice === 0 ? [0, ring[0] ?? 0, ring[1] ?? 0] : [Math.abs(twice) / 2, x / (3 * twice), y / (3 * twice)];
}

/** Whether a point lies in an area: holes are none of it. */
export function isInside({ rings, box: [x0, y0, x1, y1] }: Shape, x: number, y: number): boolean {
  if (x < x0 || x > x1 || y < y0 || y > y1) return false;
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [ax, ay, bx, by] = [ring[i] as number, ring[i + 1] as number, ring[j] as number, ring[j + 1] as number];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  return inside;
}
