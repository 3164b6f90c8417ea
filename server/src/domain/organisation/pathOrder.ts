import type { UnitPath } from '../../protocol/organisation.ts';

/** Something with a place in the tree. */
export interface Placed {
  readonly path: UnitPath;
}

/** Orders paths so that a subtree is one piece: the dot sorts before every other character. */
const sortKey = (path: UnitPath): string => path.replaceAll('.', '\u0001');

export function inPathOrder<T extends Placed>(items: Iterable<T>): T[] {
  const keyed = [...items].map((item) => ({ item, key: sortKey(item.path) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}

/** The part of a list in path order that lies in the territory of `root`. */
export function inTerritory<T extends Placed>(order: readonly T[], root: UnitPath): readonly T[] {
  // U+0002 follows the separator, so this is the first key after the subtree.
  return order.slice(firstFrom(order, sortKey(root)), firstFrom(order, `${sortKey(root)}\u0002`));
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  /** Where the next page goes on after; null: this was the last. */
  readonly next: UnitPath | null;
}

/** @param matching in path order */
export function pageOf<T extends Placed>(matching: readonly T[], after: UnitPath | undefined, limit: number): Page<T> {
  const start = after === undefined ? 0 : firstFrom(matching, `${sortKey(after)}\u0000`);
  const items = matching.slice(start, start + limit);
  const last = items.at(-1);
  return { items, total: matching.length, next: last && matching.at(-1) !== last ? last.path : null };
}

/** Position of the first item whose key is not less than `key`. */
function firstFrom(order: readonly Placed[], key: string): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sortKey(order[middle]?.path ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
