import { type UnitPath, within } from '../../protocol/organisation.ts';

/** The path itself and those above it, nearest first. */
export function* upFrom(path: UnitPath): Generator<UnitPath> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) yield path.slice(0, end);
}

/**
 * Whether it is one of the roots or lies below one: as many steps as the tree has tiers, however many roots there are.
 */
export function liesIn(path: UnitPath, roots: ReadonlySet<UnitPath>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1))
    if (roots.has(path.slice(0, end))) return true;
  return false;
}

/** Each path once, without those that lie below another. */
export function outermost(paths: Iterable<UnitPath>): UnitPath[] {
  const roots = new Set(paths);
  return [...roots].filter((path) => {
    const [, ...above] = upFrom(path);
    return !above.some((at) => roots.has(at));
  });
}

/** What two subtrees share: the one that lies in the other; undefined: nothing. */
export const overlap = (one: UnitPath, other: UnitPath): UnitPath | undefined =>
  within(one, other) ? one : within(other, one) ? other : undefined;

/** Strictly below. */
export const isBelow = (path: UnitPath, above: UnitPath): boolean => path !== above && within(path, above);
