import type { UnitPath } from '../../protocol/organisation.ts';

/** A unit with the sums of its subtree. */
export type Counts<K extends string> = { unit: string; expected: number } & Record<K, number>;

interface Node<K extends string> {
  readonly path: UnitPath;
  readonly parent: UnitPath | null;
  /** One of the units that are counted. */
  leaf: boolean;
  readonly count: Counts<K>;
}

/** Sums of the counted units over every unit above them; a change costs as many steps as the tree is deep. */
export class CountTree<K extends string> {
  readonly #keys: readonly K[];
  readonly #nodes = new Map<UnitPath, Node<K>>();
  readonly #changed = new Set<Node<K>>();

  /** @param paths of the counted units */
  constructor(keys: readonly K[], paths: Iterable<UnitPath>) {
    this.#keys = keys;
    for (const path of paths) {
      for (const node of this.#upFrom(path)) node.count.expected += 1;
      const leaf = this.#nodes.get(path);
      if (leaf) leaf.leaf = true;
    }
  }

  /** What the unit at `path` counts as became another thing: by key, what is added. */
  add(path: UnitPath, change: Readonly<Partial<Record<K, number>>>): void {
    const sums = Object.entries(change) as [K, number][];
    for (const node of this.#upFrom(path)) {
      for (const [key, by] of sums) (node.count as Record<K, number>)[key] += by;
      this.#changed.add(node);
    }
  }

  count(path: UnitPath): Readonly<Counts<K>> | undefined {
    return this.#nodes.get(path)?.count;
  }

  /** The row of a territory and those of its children, in path order. */
  rows(root: UnitPath): Counts<K>[] {
    return this.#rows(root, (node) => node.path === root || node.parent === root);
  }

  /** The row of a territory, and of all units in it above the counted ones, in path order. */
  rowsAbove(root: UnitPath): Counts<K>[] {
    return this.#rows(root, (node) => node.path === root || (!node.leaf && node.path.startsWith(`${root}.`)));
  }

  /** Rows that changed since the last call, by the territories that show them: their own and the one above. */
  takeChanged(): Map<UnitPath, Counts<K>[]> {
    const byRoot = new Map<UnitPath, Counts<K>[]>();
    for (const { path, parent, count } of this.#changed) {
      for (const root of parent === null ? [path] : [path, parent]) {
        const rows = byRoot.get(root) ?? [];
        rows.push({ ...count });
        byRoot.set(root, rows);
      }
    }
    this.#changed.clear();
    return byRoot;
  }

  /** Rows as `rowsAbove` has them that changed since the last call, for those territories that somebody watches. */
  takeChangedAbove(watched: ReadonlySet<UnitPath>): Map<UnitPath, Counts<K>[]> {
    const byRoot = new Map<UnitPath, Counts<K>[]>();
    for (const { path, leaf, count } of watched.size > 0 ? this.#changed : []) {
      for (let root: UnitPath = path; ; root = root.slice(0, root.lastIndexOf('.'))) {
        if (watched.has(root) && (!leaf || root === path)) {
          const rows = byRoot.get(root) ?? [];
          rows.push({ ...count });
          byRoot.set(root, rows);
        }
        if (!root.includes('.')) break;
      }
    }
    this.#changed.clear();
    return byRoot;
  }

  #rows(root: UnitPath, shown: (node: Node<K>) => boolean): Counts<K>[] {
    const rows = [...this.#nodes.values()].filter(shown);
    rows.sort((a, b) => (a.path < b.path ? -1 : 1));
    const counts = rows.map((node) => ({ ...node.count }));
    return rows[0]?.path === root ? counts : [this.#empty(root), ...counts];
  }

  *#upFrom(path: UnitPath): Generator<Node<K>> {
    for (let at: UnitPath | null = path; at !== null; ) {
      const dot: number = at.lastIndexOf('.');
      const parent: UnitPath | null = dot < 0 ? null : at.slice(0, dot);
      let node = this.#nodes.get(at);
      if (!node) {
        node = { path: at, parent, leaf: false, count: this.#empty(at) };
        this.#nodes.set(at, node);
      }
      yield node;
      at = parent;
    }
  }

  #empty(path: UnitPath): Counts<K> {
    const none = Object.fromEntries(this.#keys.map((key) => [key, 0])) as Record<K, number>;
    return { unit: path.slice(path.lastIndexOf('.') + 1), expected: 0, ...none };
  }
}
