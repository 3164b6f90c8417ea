/** Names as people count and spell: Huyện 2 before Huyện 10, and Vietnamese letters in their order. */
export const naturally = new Intl.Collator('vi', { numeric: true });

interface Named {
  readonly path: string;
  readonly name: string;
}

/**
 * Units with their parents before them: provinces by their codes, which is the state's own order, and below them by name. (UN12)
 *
 * @param units in path order
 */
export function naturalOrder<T extends Named>(units: readonly T[]): readonly T[] {
  const known = new Set(units.map(({ path }) => path));
  const below = new Map<string, T[]>();
  for (const unit of units) {
    const parent = unit.path.slice(0, Math.max(0, unit.path.lastIndexOf('.')));
    const key = known.has(parent) ? parent : '';
    const siblings = below.get(key);
    if (siblings) siblings.push(unit);
    else below.set(key, [unit]);
  }
  const ordered: T[] = [];
  const walk = (siblings: readonly T[]): void => {
    for (const unit of siblings) {
      ordered.push(unit);
      const inside = below.get(unit.path);
      if (!inside) continue;
      walk(unit.path.includes('.') ? inside.sort((a, b) => naturally.compare(a.name, b.name)) : inside);
    }
  };
  walk(below.get('') ?? []);
  return ordered;
}
