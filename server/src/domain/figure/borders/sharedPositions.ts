import type { Area } from './readGeoJson.ts';

/** Metres, nearly: neighbours of a file may differ by less. */
const STEPS_A_DEGREE = 100_000;
/** More than a degree has of them, over all degrees of the earth. */
const ROW = 2 ** 26;

/** Positions of many rings, each under a number that all who have it share. */
export interface SharedPositions {
  /** By number, in steps. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Numbers of positions, ring after ring, without the last of each, which is its first. */
  readonly numbers: Int32Array;
  /** Where each ring begins among them, and at the end where the last one ends. */
  readonly starts: Int32Array;
}

/** Whole numbers in a few long lists: as objects five million positions are more than a gigabyte. */
export function sharedPositions(areas: readonly Area[]): SharedPositions {
  const rings = areas.flat();
  const starts = new Int32Array(rings.length + 1);
  for (const [i, ring] of rings.entries()) starts[i + 1] = (starts[i] ?? 0) + ring.length / 2 - 1;
  const count = starts.at(-1) ?? 0;
  const [x, y, numbers] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  const known = new Known(count);
  let at = 0;
  let distinct = 0;
  for (const ring of rings)
    for (let i = 0; i + 2 < ring.length; i += 2) {
      const [px, py] = [stepOf(ring[i] ?? 0), stepOf(ring[i + 1] ?? 0)];
      const number = known.numberOf(px * ROW + py, distinct);
      if (number === distinct) [x[distinct], y[distinct], distinct] = [px, py, distinct + 1];
      numbers[at++] = number;
    }
  return { x, y, numbers, starts };
}

const stepOf = (degrees: number): number => Math.round(degrees * STEPS_A_DEGREE);
export const degreesOf = (steps: number): number => steps / STEPS_A_DEGREE;

/** Numbers of what was seen before. */
class Known {
  readonly #keys: Float64Array;
  readonly #numbers: Int32Array;
  readonly #mask: number;

  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(4, most * 1.5)));
    this.#keys = new Float64Array(size).fill(-1);
    this.#numbers = new Int32Array(size);
    this.#mask = size - 1;
  }

  /** @param next the number of one that was not */
  numberOf(key: number, next: number): number {
    let at = (Math.imul(key % 0x7fff_ffff, 0x9e37_79b1) ^ Math.imul(key / ROW, 0x85eb_ca6b)) & this.#mask;
    while (this.#keys[at] !== -1 && this.#keys[at] !== key) at = (at + 1) & this.#mask;
    if (this.#keys[at] === -1) {
      this.#keys[at] = key;
      this.#numbers[at] = next;
    }
    return this.#numbers[at] ?? next;
  }
}
