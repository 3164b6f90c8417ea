import { codeOf, type UnitPath } from '../../protocol/organisation.ts';

/** A unit with the sums of its subtree. */
export type Counts<K extends string> = { unit: string; expected: number } & Record<K, number>;

interface Node<K extends string> {
  readonly path: UnitPath;
  readonly parent: Node<K> | null;
  readonly children: Node<K>[];
  /** One of the units that are counted. */
  leaf: boolean;
  /** Something that is not itself counted lies directly below it. */
  branches: boolean;
  readonly count: Counts<K>;
}

/** Sums of the counted units over every unit above them; a change costs as many steps as the tree is deep. */
export class CountTree<K extends string> {
  readonly #none: Readonly<Record<K, number>>;
  readonly #nodes = new Map<UnitPath, Node<K>>();
  readonly #changed = new Set<Node<K>>();

  /**
   * @param paths of the counted units
   * @param first what all of them count as to begin with
   */
  constructor(keys: readonly K[], paths: Iterable<UnitPath>, first?: K) {
    this.#none = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
    for (const path of paths) {
      const leaf = this.#node(path);
      leaf.leaf = true;
      for (let at: Node<K> | null = leaf; at; at = at.parent) {
        at.count.expected += 1;
        if (first !== undefined) (at.count as Record<K, number>)[first] += 1;
      }
    }
  }

  /** What the unit at `path` counts as became another thing: by key, what is added. */
  add(path: UnitPath, change: Readonly<Partial<Record<K, number>>>): void {
    for (let at: Node<K> | null = this.#node(path); at; at = at.parent) {
      for (const key in change) (at.count as Record<K, number>)[key] += change[key] ?? 0;
      this.#changed.add(at);
    }
  }

  count(path: UnitPath): Readonly<Counts<K>> | undefined {
    return this.#nodes.get(path)?.count;
  }

  /** The row of a territory and those of its children, in path order. */
  rows(root: UnitPath): Counts<K>[] {
    return this.#rows(root, (node) => node.children);
  }

  /**
   * The row of a territory, and of all units in it above the counted ones, in path order. A counted unit among
   * neighbours that are not (a district without communes) has its row beside theirs: rows of children add up.
   */
  rowsAbove(root: UnitPath): Counts<K>[] {
    return this.#rows(root, above);
  }

  /** Rows that changed since the last call, by the territories that show them: their own and the one above. */
  takeChanged(): Map<UnitPath, Counts<K>[]> {
    const byRoot = new Map<UnitPath, Counts<K>[]>();
    for (const node of this.#changed)
      for (const root of node.parent ? [node, node.parent] : [node]) append(byRoot, root.path, { ...node.count });
    this.#changed.clear();
    return byRoot;
  }

  /** Rows as `rowsAbove` has them that changed since the last call, for those territories that somebody watches. */
  takeChangedAbove(watched: ReadonlySet<UnitPath>): Map<UnitPath, Counts<K>[]> {
    const byRoot = new Map<UnitPath, Counts<K>[]>();
    for (const node of watched.size > 0 ? this.#changed : [])
      for (let root: Node<K> | null = node; root; root = hasRow(node) ? root.parent : null)
        if (watched.has(root.path)) append(byRoot, root.path, { ...node.count });
    this.#changed.clear();
    return byRoot;
  }

  /** As many steps as there are rows: all territories are read in the same moment. */
  #rows(root: UnitPath, below: (node: Node<K>) => Iterable<Node<K>>): Counts<K>[] {
    const top = this.#nodes.get(root);
    if (!top) return [this.#empty(root)];
    const rows = [top, ...below(top)].sort((a, b) => (a.path < b.path ? -1 : 1));
    return rows.map((node) => ({ ...node.count }));
  }

  #node(path: UnitPath): Node<K> {
    const known = this.#nodes.get(path);
    if (known) return known;
    const dot = path.lastIndexOf('.');
    const parent = dot < 0 ? null : this.#node(path.slice(0, dot));
    const node: Node<K> = { path, parent, children: [], leaf: false, branches: false, count: this.#empty(path) };
    parent?.children.push(node);
    if (parent?.parent) parent.parent.branches = true;
    this.#nodes.set(path, node);
    return node;
  }

  #empty(path: UnitPath): Counts<K> {
    return { unit: codeOf(path), expected: 0, ...this.#none };
  }
}

/** In the lists of those above it: whatever is not counted itself, or stands beside such. */
const hasRow = <K extends string>({ leaf, parent }: Node<K>): boolean => !leaf || parent?.branches === true;

/** Everything below that has a row. */
function* above<K extends string>(node: Node<K>): Generator<Node<K>> {
  for (const child of node.children) {
    if (hasRow(child)) yield child;
    yield* above(child);
  }
}

function append<T>(lists: Map<UnitPath, T[]>, key: UnitPath, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
