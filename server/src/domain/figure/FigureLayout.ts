import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { isBelow } from '../shared/territory.ts';

interface LaidUnit {
  readonly code: UnitCode;
  readonly path: UnitPath;
}

/** The tree of a day as places of arrays: units in path order, a territory in one piece. */
export class FigureLayout {
  readonly units: readonly LaidUnit[];
  /** After the last unit of the territory of each. */
  readonly ends: Int32Array;
  readonly #places = new Map<UnitCode, number>();

  /** @param units in path order */
  constructor(units: readonly LaidUnit[]) {
    this.units = units;
    this.ends = new Int32Array(units.length).fill(units.length);
    const open: number[] = [];
    for (const [i, { code, path }] of units.entries()) {
      this.#places.set(code, i);
      while (open.length > 0 && !isBelow(path, units[open.at(-1) ?? 0]?.path ?? '')) this.ends[open.pop() ?? 0] = i;
      open.push(i);
    }
  }

  get size(): number {
    return this.units.length;
  }

  placeOf(code: UnitCode): number | undefined {
    return this.#places.get(code);
  }

  /** Whether it has no units below it. */
  isLeaf(place: number): boolean {
    return this.ends[place] === place + 1;
  }
}
