import type { PresenceCount } from '../../protocol/presence.ts';

export type Tally = Readonly<Pick<PresenceCount, 'here' | 'door' | 'gone' | 'weak'>>;

interface Node {
  readonly path: string;
  readonly parent: string | null;
  readonly count: PresenceCount;
}

/** Sums of the expected units over every unit above them; a change costs as many steps as the tree is deep. */
export class CountTree {
  readonly #nodes = new Map<string, Node>();
  readonly #changed = new Set<Node>();

  /** @param paths of the expected units */
  constructor(paths: readonly string[]) {
    for (const path of paths) for (const node of this.#upFrom(path)) node.count.expected += 1;
  }

  /** A unit at `path` counted as `before` and counts as `after` now. */
  move(path: string, before: Tally, after: Tally): void {
    for (const node of this.#upFrom(path)) {
      node.count.here += after.here - before.here;
      node.count.door += after.door - before.door;
      node.count.gone += after.gone - before.gone;
      node.count.weak += after.weak - before.weak;
      this.#changed.add(node);
    }
  }

  /** The row of a territory and those of its children, in path order. */
  rows(root: string): PresenceCount[] {
    const rows = [...this.#nodes.values()].filter((node) => node.path === root || node.parent === root);
    rows.sort((a, b) => (a.path < b.path ? -1 : 1));
    const counts = rows.map((node) => ({ ...node.count }));
    return rows[0]?.path === root ? counts : [emptyCount(root), ...counts];
  }

  /** Rows that changed since the last call, by the territories that show them: their own and the one above. */
  takeChanged(): Map<string, PresenceCount[]> {
    const byRoot = new Map<string, PresenceCount[]>();
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

  *#upFrom(path: string): Generator<Node> {
    for (let at: string | null = path; at !== null; ) {
      const dot: number = at.lastIndexOf('.');
      const parent: string | null = dot < 0 ? null : at.slice(0, dot);
      let node = this.#nodes.get(at);
      if (!node) {
        node = { path: at, parent, count: emptyCount(at) };
        this.#nodes.set(at, node);
      }
      yield node;
      at = parent;
    }
  }
}

const emptyCount = (path: string): PresenceCount => {
  return { unit: path.slice(path.lastIndexOf('.') + 1), expected: 0, here: 0, door: 0, gone: 0, weak: 0 };
};
