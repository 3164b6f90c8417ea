import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { isBelow } from '../shared/territory.ts';
import { type FormerShare, formerShares, type Succession } from './former/formerUnits.ts';

interface LaidUnit {
  readonly code: UnitCode;
  readonly path: UnitPath;
}

/** Of a closed unit, what stands at one of today. */
export interface LaidFormer extends Omit<FormerShare, 'successor'> {
  /** Where its values lie, after those of the units of today. */
  readonly cell: number;
}

/** The tree of a day as places of arrays: units in path order, a territory in one piece. */
export class FigureLayout {
  readonly units: readonly LaidUnit[];
  /** After the last unit of the territory of each. */
  readonly ends: Int32Array;
  /** FG9: by place, the closed units that it took the place of. */
  readonly formers: ReadonlyMap<number, readonly LaidFormer[]>;
  /** When those began that took the place of others, milliseconds since 1970. */
  readonly began: ReadonlyMap<number, number>;
  /** Places of units, and those of closed ones after them. */
  readonly cells: number;
  readonly #places = new Map<UnitCode, number>();
  readonly #former = new Map<UnitCode, number>();
  readonly #lists = new WeakMap<readonly UnitCode[], Int32Array>();
  readonly #reporting = new WeakMap<readonly UnitCode[], Uint8Array>();

  /** @param units in path order @param successions who took whose place, of those that are closed by then */
  constructor(units: readonly LaidUnit[], successions: readonly Succession[] = []) {
    this.units = units;
    this.ends = new Int32Array(units.length).fill(units.length);
    const open: number[] = [];
    for (const [i, { code, path }] of units.entries()) {
      this.#places.set(code, i);
      while (open.length > 0 && !isBelow(path, units[open.at(-1) ?? 0]?.path ?? '')) this.ends[open.pop() ?? 0] = i;
      open.push(i);
    }
    const reports = (code: UnitCode) => this.isLeaf(this.#places.get(code) ?? -1);
    const formers = new Map<number, LaidFormer[]>();
    for (const { successor, ...share } of formerShares(successions, (code) => this.#places.has(code))) {
      if (!reports(successor)) continue;
      const place = this.#places.get(successor) ?? 0;
      const cell = this.#former.get(share.unit) ?? units.length + this.#former.size;
      this.#former.set(share.unit, cell);
      formers.set(place, [...(formers.get(place) ?? []), { ...share, cell }]);
    }
    this.formers = formers;
    this.cells = units.length + this.#former.size;
    this.began = new Map(successions.map(({ successor, began }) => [this.#places.get(successor) ?? -1, began]));
  }

  get size(): number {
    return this.units.length;
  }

  placeOf(code: UnitCode): number | undefined {
    return this.#places.get(code);
  }

  /** Where values of a unit lie; also of one that is closed. */
  cellOf(code: UnitCode): number | undefined {
    return this.#places.get(code) ?? this.#former.get(code);
  }

  /** The same of a list that is asked about again and again; below zero: it is unknown. */
  cellsOf(codes: readonly UnitCode[]): Int32Array {
    const known = this.#lists.get(codes) ?? Int32Array.from(codes, (code) => this.cellOf(code) ?? -1);
    this.#lists.set(codes, known);
    return known;
  }

  /** FG90: by place, 1 for those in the territories of a list, and for those that took the place of one that is listed. */
  reporting(listed: readonly UnitCode[]): Uint8Array {
    const known = this.#reporting.get(listed);
    if (known) return known;
    const mask = new Uint8Array(this.size);
    for (const code of listed) {
      const place = this.#places.get(code);
      if (place !== undefined) mask.fill(1, place, this.ends[place]);
    }
    const named = new Set(listed);
    for (const [place, all] of this.formers) if (all.some(({ unit }) => named.has(unit))) mask[place] = 1;
    this.#reporting.set(listed, mask);
    return mask;
  }

  /** When units of a territory took the place of others. */
  closings(root: number): readonly number[] {
    const inside = [...this.formers].filter(([place]) => place >= root && place < (this.ends[root] ?? 0));
    return [...new Set(inside.flatMap(([, all]) => all.map(({ closed }) => closed)))];
  }

  /** Whether it has no units below it. */
  isLeaf(place: number): boolean {
    return this.ends[place] === place + 1;
  }
}
