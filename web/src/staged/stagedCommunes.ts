import { codeOf, type StagedContent } from '../api/contract.ts';

type Told = NonNullable<StagedContent['communes']>;
export type StagedCommunes = Told & {
  /** Places of those that report, by the unit right below the root in which they lie; in path order. */
  readonly cellsOf: ReadonlyMap<string, readonly number[]>;
  /** Code of one that reports -> code of that unit. */
  readonly tileOf: ReadonlyMap<string, string>;
};

/** Units by name, each in the tile in which it lies. Pure. */
export function placed(communes: Told, root: string): StagedCommunes {
  const level = root.split('.').length;
  const cellsOf = new Map<string, number[]>();
  const tileOf = new Map<string, string>();
  communes.units.forEach((path, i) => {
    const tile = path.split('.')[level] ?? codeOf(path);
    tileOf.set(codeOf(path), tile);
    const known = cellsOf.get(tile);
    if (known) known.push(i);
    else cellsOf.set(tile, [i]);
  });
  return { ...communes, cellsOf, tileOf };
}

/** The place of the unit whose own tile it is; undefined: there are others in it, or none. */
export function onlyIn({ cellsOf, units }: StagedCommunes, tile: string): number | undefined {
  const [first, ...others] = cellsOf.get(tile) ?? [];
  return first !== undefined && others.length === 0 && codeOf(units[first] ?? '') === tile ? first : undefined;
}
