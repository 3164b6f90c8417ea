import { codeOf, isBaseUnit, type Tier, type Unit, type UnitCode, type UnitPath } from '../../protocol/organisation.ts';
import { type ClassOf, UnitSearch } from './UnitSearch.ts';

/**
 * The whole tree as it is on one day, in memory and immutable: a change makes a new index. Units stand in path order,
 * so each territory is one slice of the array.
 */
export class UnitIndex {
  readonly version: string;
  readonly tiers: readonly Tier[];
  /** In path order: parents before children, a subtree in one piece. */
  readonly units: readonly Unit[];
  readonly #places = new Map<UnitCode, number>();
  /** Position after the last unit of the subtree, by position. */
  readonly #ends: Int32Array;
  /** Number of base units before each position. */
  readonly #baseBefore: Int32Array;
  readonly #search: UnitSearch;
  #byName: ReadonlyMap<string, readonly Unit[]> | undefined;

  /** @param version changes whenever the tree or the day does */
  constructor(version: string, tiers: readonly Tier[], units: readonly Unit[]) {
    this.version = version;
    this.tiers = [...tiers].sort((a, b) => a.rank - b.rank);
    this.units = [...units].sort(byPath);
    this.#search = new UnitSearch(this.units);
    this.#ends = new Int32Array(this.units.length);
    this.#baseBefore = new Int32Array(this.units.length + 1);
    const open: number[] = [];
    for (const [i, unit] of this.units.entries()) {
      this.#places.set(unit.code, i);
      this.#baseBefore[i + 1] = (this.#baseBefore[i] ?? 0) + (this.#isBaseAt(i) ? 1 : 0);
      while (open.length > 0 && !isInside(unit, this.units[open.at(-1) ?? 0])) this.#ends[open.pop() ?? 0] = i;
      open.push(i);
    }
    for (const i of open) this.#ends[i] = this.units.length;
  }

  find(code: UnitCode): Unit | undefined {
    return this.units[this.#places.get(code) ?? -1];
  }

  /** All units of a name, however its letters are composed, large or small, in path order. */
  named(name: string): readonly Unit[] {
    this.#byName ??= Map.groupBy(this.units, (unit) => foldedName(unit.name));
    return this.#byName.get(foldedName(name)) ?? [];
  }

  findPath(path: UnitPath): Unit | undefined {
    const unit = this.find(codeOf(path));
    return unit?.path === path ? unit : undefined;
  }

  /** The unit and everything below it, in path order; empty when there is no such unit. */
  subtree(code: UnitCode): readonly Unit[] {
    const from = this.#places.get(code);
    return from === undefined ? [] : this.units.slice(from, this.#ends[from]);
  }

  /** Direct children, in path order. */
  children(code: UnitCode): readonly Unit[] {
    return this.subtree(code).filter((unit) => unit.parent === code);
  }

  /** UN6: it has no units below it today. */
  isBase(code: UnitCode): boolean {
    const at = this.#places.get(code);
    return at !== undefined && this.#isBaseAt(at);
  }

  /** How many base units lie in these subtrees, each counted once. O(paths). */
  countBase(paths: readonly UnitPath[]): number {
    let sum = 0;
    for (const [from, end] of this.#slices(paths)) sum += (this.#baseBefore[end] ?? 0) - (this.#baseBefore[from] ?? 0);
    return sum;
  }

  /** The base units in these subtrees, each once, in path order. */
  baseUnits(paths: readonly UnitPath[]): Unit[] {
    return this.#slices(paths).flatMap(([from, end]) =>
      this.units.slice(from, end).filter((_, i) => this.#isBaseAt(from + i)),
    );
  }

  /**
   * Best match first, without accents, only inside the territory; see `UnitSearch`. @param classOf what goes before
   * how well a name fits, the lowest first
   */
  search(query: string, territory: UnitPath, limit: number, classOf?: ClassOf): Unit[] {
    const root = this.findPath(territory);
    const from = root && this.#places.get(root.code);
    return from === undefined ? [] : this.#search.find(query, from, this.#ends[from] ?? from, limit, classOf);
  }

  #isBaseAt(at: number): boolean {
    return isBaseUnit(this.units[at]?.path ?? '', this.units[at + 1]?.path);
  }

  /** Slices of the array, overlapping ones merged. */
  #slices(paths: readonly UnitPath[]): [number, number][] {
    const slices: [number, number][] = [];
    const found = paths.flatMap((path) => {
      const unit = this.findPath(path);
      return unit ? [this.#places.get(unit.code) ?? 0] : [];
    });
    for (const from of found.sort((a, b) => a - b)) {
      if (from >= (slices.at(-1)?.[1] ?? 0)) slices.push([from, this.#ends[from] ?? from]);
    }
    return slices;
  }
}

const foldedName = (name: string): string => name.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/g, ' ');

const isInside = (unit: Unit, parent: Unit | undefined): boolean =>
  parent !== undefined && unit.path.startsWith(`${parent.path}.`);

/** Compares code by code, so that `vn.01` and all below it come before `vn.01-a`. */
function byPath(a: Unit, b: Unit): number {
  const left = a.path.split('.');
  const right = b.path.split('.');
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
